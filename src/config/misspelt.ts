/** Shorter names resemble those of other programs too easily. */
const distinctiveLength = 9;

/** Whether `name` equals `meant` apart from case, underscores, and one wrong, missing or extra letter. */
export function isMisspelt(name: string, meant: string): boolean {
  if (meant.length < distinctiveLength) return false;
  const [a, b] = [lettersOf(name), lettersOf(meant)];
  return isOneEditAway(a, b);
}

const lettersOf = (name: string): string => name.toUpperCase().replaceAll(/[_-]/g, '');

function isOneEditAway(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end += 1;
  return Math.max(a.length, b.length) - start - end <= 1;
}
