import fc from 'fast-check';

/** Few values, so that records collide often; each in many spellings, so that they seldom look the same. */
const mailboxes = ['ann', 'zoé', 'kofi'];
const domains = [
  ['yard.example', 'Yard.Example'],
  ['bücher.example', 'xn--bcher-kva.example', 'BÜCHER.example', 'bücher。example'],
];
const notAddresses = [
  '',
  ' ',
  'n/a',
  '-',
  '@',
  'ann@',
  '@yard.example',
  '-@-',
  'ann@-',
  'ann@bo@yard.example',
  '\u200b',
];

/** What people, forms and spreadsheets do to an address without changing it. */
const addressTricks: ((text: string) => string)[] = [
  (text) => text.toUpperCase(),
  (text) => text.replace('@', '＠'),
  (text) => `\u200b${text}`,
  (text) => `${text.slice(0, 2)}\u00ad${text.slice(2)}`,
  (text) => text.replace('@', '\u200d@\ufeff'),
  (text) => text.normalize('NFD'),
  (text) => ` ${text}`,
  (text) => `${text}\u00a0\u200b`,
  (text) => `\u2060 \t${text}\r\n`,
  (text) => text.replace('k', '\u212a'),
  (text) => text.replace(/a/g, 'ａ'),
];

export const addressSpellings = (address: string): fc.Arbitrary<string> =>
  fc.subarray(addressTricks, { maxLength: 2 }).map((tricks) => tricks.reduce((text, trick) => trick(text), address));

export const anyEmail: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc
      .tuple(
        fc.constantFrom(...mailboxes),
        fc.constantFrom(...domains).chain((spellings) => fc.constantFrom(...spellings)),
      )
      .chain(([mailbox, domain]) => addressSpellings(`${mailbox}@${domain}`)),
  },
  { weight: 1, arbitrary: fc.constantFrom(...notAddresses) },
);

/** Keys that differ by case only are two keys in most sources, and one in those that ignore case. */
export const allKeys = ['k1', 'K1', 'k2', 'clé', '7', '-'];

const keyTricks: ((text: string) => string)[] = [
  (text) => ` ${text}`,
  (text) => `${text}\t`,
  (text) => text.normalize('NFD'),
];

export const keySpellings = (key: string): fc.Arbitrary<string> =>
  fc.subarray(keyTricks, { maxLength: 2 }).map((tricks) => tricks.reduce((text, trick) => trick(text), key));

const keyAmong = (keys: readonly string[]): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 20, arbitrary: fc.constantFrom(...keys).chain(keySpellings) },
    { weight: 1, arbitrary: fc.constantFrom('', '  ') },
  );

export const anyKey = keyAmong(allKeys);

/** What would be no employee number is as good a key as any. */
export const anyRemoteId = keyAmong(['r1', 'R1', 'ré', 'N/A', '0']);

const numbers = ['7', '07', 'é9', 'É9'];
const placeholders = ['N/A', 'n/a', '-', 'none', 'None', '0', '0000', '', ' '];

export const anyNumber: fc.Arbitrary<string> = fc
  .oneof(
    { weight: 3, arbitrary: fc.constantFrom(...numbers) },
    { weight: 1, arbitrary: fc.constantFrom(...placeholders) },
  )
  .chain(keySpellings);
