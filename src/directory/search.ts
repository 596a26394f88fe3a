import type { RecordNames } from '../domain/people-source.ts';

/** The words of a search text; each has to be a prefix of a word in a name. Empty for a text without words. */
export const searchWords = (text: string): string[] =>
  folded(text)
    .split(' ')
    .filter((word) => word !== '');

/** The words of a record's names, each after a space, so that a search does not have to split names. */
export const searchTextOf = ({ given, family, full }: RecordNames): string =>
  folded(` ${[given, family, full].filter((name) => name !== null).join(' ')}`);

/** True if `words` is empty. */
export const hasWords = (searchText: string, words: readonly string[]): boolean =>
  words.every((word) => searchText.includes(` ${word}`));

/** Word separators: spaces, hyphens, underscores, commas and full stops. */
const divisions = /[\s\-_,.]+/gu;

/** Apostrophes (typographic and modifier), primes, and the accents that people type in their place. */
const apostrophes = /[\u2018\u2019\u201B\u2032\u02B9\u02BB\u02BC\u00B4\u0060\uFF07]/gu;

/** Accents of Latin, Greek and Cyrillic letters. In other scripts marks are vowels, or make another letter. */
const accents = /[\u0300-\u036F]/gu;

function folded(text: string): string {
  const bare = text.normalize('NFD').replace(accents, '').normalize('NFC').toLowerCase();
  // A search word can end inside a word of a name, where a final sigma is written as σ.
  return bare.replace(/ς/gu, 'σ').replace(apostrophes, "'").replace(divisions, ' ');
}
