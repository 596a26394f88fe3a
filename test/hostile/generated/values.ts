import fc from 'fast-check';

/** How many lists are drawn of a resource, and how many rows they have: nearly two thousand rows of each, in every run. */
export const runs = { numRuns: 40 };
export const timeoutMs = 60_000;
export const rowsPerList = { minLength: 30, maxLength: 60 };

/** Any letters but halves of surrogate pairs, which JSON cannot carry between systems. */
export const text = (maxLength = 40, minLength = 0) => fc.string({ unit: 'grapheme', minLength, maxLength });

/** As vendors that trim hold it: something, without blanks around it. */
export const trimmedText = (maxLength = 40) =>
  text(maxLength, 1)
    .map((it) => it.trim())
    .filter((it) => it !== '');

export const orNull = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null, freq: 4 });

export const digits = fc.integer({ min: 1, max: 9_999_999 }).map(String);

/** Digits mostly, as ids look, and now and then any other text. */
export const id = fc.oneof({ weight: 4, arbitrary: digits }, { weight: 1, arbitrary: trimmedText(36) });

export const uuid = fc.uuid({ version: 4 });

/** RFC 3339 in UTC with up to nine digits of a second. */
export const instant = fc
  .tuple(fc.date({ min: new Date('2001-01-01'), max: new Date('2040-01-01'), noInvalidDate: true }), fc.nat(9))
  .chain(([date, length]) =>
    fc
      .string({ unit: fc.constantFrom(...'0123456789'), minLength: length, maxLength: length })
      .map((digits) => `${date.toISOString().slice(0, 19)}${digits === '' ? '' : `.${digits}`}Z`),
  );

export const day = fc
  .date({ min: new Date('1990-01-01'), max: new Date('2040-01-01'), noInvalidDate: true })
  .map((it) => it.toISOString().slice(0, 10));

export const email = fc.emailAddress();

/** Members that no document mentions. */
const additions = fc.dictionary(
  fc.constantFrom('owningApplication', 'x-new', 'flags', 'score'),
  fc.jsonValue({ maxDepth: 2 }),
  { maxKeys: 2 },
);

/** A row with the members that it must have and some of those that it may have, and with additions. */
export function row<Members extends object, Required extends keyof Members>(
  members: { [Name in keyof Members]: fc.Arbitrary<Members[Name]> },
  required: Required[],
) {
  return fc
    .tuple(fc.record(members, { requiredKeys: required }), additions)
    .map(([known, added]): typeof known => ({ ...added, ...known }));
}

/** Rows of which no two have one key. */
export const listOf = <Row>(rows: fc.Arbitrary<Row>, keyOf: (row: Row) => unknown) =>
  fc.uniqueArray(rows, { ...rowsPerList, selector: keyOf });

export const textOf = (value: unknown): string | null =>
  typeof value === 'string' && value.trim() !== '' ? value.trim() : null;

const tags = ['de-DE', 'en-US', 'en-GB', 'es-ES', 'fr-FR', 'fr-CH', 'it-IT', 'nl-BE', 'nl-NL', 'pt-PT', 'fr'] as const;

export const luccaTranslations = fc.dictionary(fc.constantFrom(...tags), orNull(text()), { maxKeys: 4 });
