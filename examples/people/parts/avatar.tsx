const graphemes = new Intl.Segmenter();

/** Of the first and the last word, as people count letters; of names without spaces, the first alone. */
function initialsOf(name: string): string {
  const words = name.split(/[\s]+/).map((it) => it.replace(/^[^\p{L}\p{N}]+/u, ''));
  const letters = words.flatMap((it) => [...graphemes.segment(it)][0]?.segment ?? []);
  const ends = letters.length > 1 ? [letters[0], letters.at(-1)] : letters;
  return ends.join('').toLocaleUpperCase() || '?';
}

/** The same hue for the same person, wherever they are shown. */
function hueOf(id: string): number {
  let sum = 0;
  for (const letter of id) sum = (sum * 31 + letter.charCodeAt(0)) % 360;
  return sum;
}

export const Avatar = ({
  id,
  name,
  size = 'small',
}: {
  id: string;
  name: string;
  size?: 'tiny' | 'small' | 'large';
}) => (
  <span class={`avatar ${size}`} style={{ '--hue': String(hueOf(id)) }} aria-hidden="true">
    {initialsOf(name)}
  </span>
);
