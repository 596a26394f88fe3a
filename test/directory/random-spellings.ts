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
  (text) => text.replace(/^(..)/u, '$1\u00ad'),
  (text) => text.replace('@', '\u200d@\ufeff'),
  (text) => text.normalize('NFD'),
  (text) => ` ${text}`,
  (text) => `${text}\u00a0\u200b`,
  (text) => `\u2060 \t${text}\r\n`,
  (text) => text.replace('k', '\u212a'),
  (text) => text.replace(/a/g, 'ａ'),
];

const addressSpellings = (address: string): fc.Arbitrary<string> =>
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

const keySpellings = (key: string): fc.Arbitrary<string> =>
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

const characters = [
  ...'aAéeßſkK\u212a1１@＠﹫..。｡-_+\u0301\u0327\u200b\u200d\u00ad\ufe0fİıΣςﬁ한글Åå \u00a0\u3000\t',
  ...['𝔸', 'ᴬ', '℡', 'e\u200d\u0301'],
];
/** Any text of characters that are easily taken for each other, or for none: mostly no address. */
const anyText: fc.Arbitrary<string> = fc
  .tuple(
    fc.array(fc.constantFrom(...characters), { maxLength: 5 }),
    fc.constantFrom('@', '＠', '', '\u200b@\u200d'),
    fc.array(fc.constantFrom(...characters), { maxLength: 5 }),
    fc.constantFrom('.example', '.Example', '', '。example', '.例え', ' '),
  )
  .map(([mailbox, at, domain, end]) => `${mailbox.join('')}${at}${domain.join('')}${end}`);

const sameCharacters: ((text: string) => string)[] = [
  ...addressTricks,
  (text) => text.normalize('NFKC'),
  (text) => text.replace(/\p{Default_Ignorable_Code_Point}/gu, ''),
  (text) => text.normalize('NFC'),
  (text) => text.toLowerCase(),
  (text) => text.replace(/(.)$/u, '\u2064$1'),
];
const otherCharacters: ((text: string) => string)[] = [
  (text) => text.replace(/^./u, ''),
  (text) => text.replace('.', ''),
  (text) => text.replace('a', 'e'),
  (text) => `x${text}`,
  (text) => text.normalize('NFKD').replaceAll('\u0301', ''),
];

/** Two texts, about as often alike as not. */
export const twoTexts: fc.Arbitrary<[string, string]> = anyText.chain((text) =>
  fc
    .tuple(fc.subarray(sameCharacters, { maxLength: 3 }), fc.subarray(otherCharacters, { maxLength: 1 }))
    .map(([same, other]) => [text, [...same, ...other].reduce((changed, trick) => trick(changed), text)]),
);
