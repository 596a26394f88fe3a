import type { RecordNames } from '../domain/people-source.ts';

/** The compared forms of names. A common plain form makes names the same; a common loose form, similar. */
export type NameForms = {
  readonly plain: ReadonlySet<string>;
  readonly loose: ReadonlySet<string>;
  /** Single words of the names. */
  readonly words: ReadonlySet<string>;
};

/** Letters without a Unicode decomposition, and their usual replacement on a keyboard without them. */
const letters: Record<string, string> = {
  ß: 'ss',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  æ: 'ae',
  œ: 'oe',
  ı: 'i',
  ħ: 'h',
};
/** Replacements of passports of Germany, Denmark, Norway and Sweden. */
const digraphs: Record<string, string> = { ä: 'ae', ö: 'oe', ü: 'ue', ø: 'oe', å: 'aa' };

const accents = /[\u0300-\u036F]/gu;
const apostrophes = /['\u2018\u2019\u02BC\u00B4\u0060]/gu;
const divisions = /[\s,.·]+/u;
const unspaced = /^[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}ー]+$/u;

/**
 * The forms of one or several spellings of a person's name. They ignore order, case, width, accents and kind of kana.
 * There is no transliteration: 이 is Lee, Yi, Rhee or I, and Ю is Yu, Iu or Ju. So names are compared across scripts
 * only if a source stores them in both.
 */
export function nameForms(names: readonly string[]): NameForms {
  const plain = new Set<string>();
  const loose = new Set<string>();
  const words = new Set<string>();
  for (const name of names) {
    for (const form of formsOf(wordsOf(name, letters))) plain.add(form);
    for (const table of [letters, digraphs]) {
      // Romanised names are written with and without hyphens: Min-su, Minsu, Min su.
      for (const text of [name, name.replaceAll(/[-‐‑]/gu, '')])
        for (const form of formsOf(wordsOf(text, table))) loose.add(form);
    }
    for (const word of wordsOf(name, letters)) words.add(word);
  }
  return { plain, loose, words };
}

/** All of a record's names as texts. */
export function namesAsTexts({ given, family, full }: RecordNames, others: readonly string[] = []): string[] {
  const parts = [given, family].flatMap((part) => part ?? []).join(' ');
  return [full ?? '', parts, ...others].filter((name) => name !== '');
}

function wordsOf(name: string, table: Record<string, string>): string[] {
  const compatible = name.normalize('NFKC').toLowerCase().normalize('NFC').replace(apostrophes, '');
  const spelled = compatible.replaceAll(/[-‐‑]/gu, ' ').replaceAll(/\p{L}/gu, (letter) => table[letter] ?? letter);
  const bare = spelled.normalize('NFD').replace(accents, '').normalize('NFC');
  const text = bare.replaceAll(/\p{L}/gu, (letter) => letters[letter] ?? letter).replaceAll(/[ァ-ヶ]/gu, toHiragana);
  return text.split(divisions).filter((word) => word !== '');
}

/** Katakana and hiragana are 0x60 code points apart. */
const toHiragana = (kana: string): string => String.fromCodePoint((kana.codePointAt(0) ?? 0) - 0x60);

/** A single word is too common to compare, except in scripts that write names without spaces. */
function formsOf(words: readonly string[]): string[] {
  const [first = '', second = ''] = words;
  if (words.length > 0 && words.every((word) => unspaced.test(word))) {
    const whole = words.length === 2 ? [first + second, second + first] : [words.join('')];
    return whole.filter((form) => [...form].length > 1);
  }
  return words.length < 2 ? [] : [words.toSorted().join(' ')];
}
