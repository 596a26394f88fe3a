import type { RecordNames } from '../domain/people-source.ts';

/** The words of a search: each must begin a word of a name. Empty for a text without any. */
export const searchWords = (text: string): string[] =>
  folded(text)
    .split(' ')
    .filter((word) => word !== '');

/** The words of a record's names, each behind a space, so that a name is searched without being divided again. */
export const searchTextOf = ({ given, family, full }: RecordNames): string =>
  folded(` ${[given, family, full].filter((name) => name !== null).join(' ')}`);

/** True without words. */
export const hasWords = (searchText: string, words: readonly string[]): boolean =>
  words.every((word) => searchText.includes(` ${word}`));

/** Divided at spaces, hyphens, underscores, commas and full stops. */
const divisions = /[\s\-_,.]+/gu;

/** Straight, typographic and modifier apostrophes, primes, and accents that are typed for want of them. */
const apostrophes = /[\u2018\u2019\u201B\u2032\u02B9\u02BB\u02BC\u00B4\u0060\uFF07]/gu;

/**
 * Accents of Latin, Greek and Cyrillic letters. Marks of other scripts are not taken away: there they are vowels, or
 * make another letter.
 */
const accents = /[\u0300-\u036F]/gu;

function folded(text: string): string {
  const bare = text.normalize('NFD').replace(accents, '').normalize('NFC').toLowerCase();
  // A sigma at the end of a word need not be at the end of the word that it begins.
  return bare.replace(/ς/gu, 'σ').replace(apostrophes, "'").replace(divisions, ' ');
}
