/** Shorter names are too like those of other programs. */
const tellingLength = 9;

/** Whether `name` is `meant` but for case and underscores, or for one letter that is wrong, missing or too many. */
export function isMisspelt(name: string, meant: string): boolean {
  if (meant.length < tellingLength) return false;
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
