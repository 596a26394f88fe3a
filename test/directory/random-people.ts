import fc from 'fast-check';
import { type IdentityRule, identityRules } from '../../src/domain/identity-rule.ts';
import type { PeopleSource } from '../../src/domain/people-source.ts';
import { plainKey } from './oracle-normal-form.ts';
import { allKeys, anyEmail, anyKey, anyNumber, anyRemoteId } from './random-spellings.ts';

/** A record of any source. Its label is for the reader of a failure: A3 is the fourth record of the first source. */
export type PersonRecord = {
  label: string;
  familyName: string | null;
  key: string | null;
  /** A second kind of key, by which the graph names records that have no first one. */
  otherKey: string | null;
  email: string | null;
  remoteId: string | null;
  employeeNumber: string | null;
  isFormer: boolean;
};

type DrawnSource = { source: PeopleSource<PersonRecord>; records: PersonRecord[] };

export type DrawnCompany = {
  sources: DrawnSource[];
  rules: IdentityRule[];
  /** Of the mapping file; each identifier stands in one row at most. */
  rows: Record<string, string>[];
};

const letters = ['A', 'B', 'C', 'D'];

/** Every third source ignores the case of keys, as Ctrl Hub does. */
export function sourceNamed(name: string): PeopleSource<PersonRecord> {
  return {
    name,
    keys: [
      { prefix: name, of: ({ key }) => key },
      { prefix: `${name}${name}`, of: ({ otherKey }) => otherKey },
    ],
    ignoresCaseOfKeys: name === 'C',
    traitsOf: ({ email, remoteId, employeeNumber }) => ({ email, remoteId, employeeNumber }),
    namesOf: ({ familyName }) => ({ given: 'Kim', family: familyName, full: null }),
    isFormer: ({ isFormer }) => isFormer,
  };
}

const sometimes = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(arbitrary, { freq: 2 });

const drawnRecord = fc.record({
  familyName: fc.constantFrom('Abe', 'Åberg', 'Oz', null),
  key: fc.option(anyKey, { freq: 9 }),
  otherKey: sometimes(anyKey),
  email: fc.option(anyEmail, { freq: 3 }),
  remoteId: sometimes(anyRemoteId),
  employeeNumber: sometimes(anyNumber),
  isFormer: fc.boolean(),
});

const drawnRow = fc.record(Object.fromEntries(letters.map((name) => [name, fc.option(anyKey, { freq: 3 })])));

const someRecords = fc.oneof(
  { weight: 5, arbitrary: fc.array(drawnRecord, { minLength: 2, maxLength: 6, size: 'max' }) },
  { weight: 1, arbitrary: fc.array(drawnRecord, { maxLength: 1 }) },
);

/** Every order and subset of the rules, most often all of them. */
const someRules: fc.Arbitrary<IdentityRule[]> = fc.oneof(
  { weight: 2, arbitrary: fc.constant<IdentityRule[]>([...identityRules]) },
  { weight: 3, arbitrary: fc.shuffledSubarray<IdentityRule>([...identityRules]) },
  { weight: 3, arbitrary: fc.shuffledSubarray<IdentityRule>([...identityRules], { minLength: 4 }) },
);

const anyCompany = fc
  .record({
    records: fc.oneof(
      { weight: 5, arbitrary: fc.array(someRecords, { minLength: 2, maxLength: letters.length }) },
      { weight: 1, arbitrary: fc.array(someRecords, { minLength: 1, maxLength: 1 }) },
    ),
    rules: someRules,
    rows: fc.array(drawnRow, { maxLength: 6, size: 'max' }),
  })
  .map(({ records, rules, rows }) => companyOf(records, rules, rows));

function companyOf(
  records: readonly (readonly Omit<PersonRecord, 'label'>[])[],
  rules: IdentityRule[],
  rows: readonly Record<string, string | null>[],
): DrawnCompany {
  const sources = records.map((ofSource, place) => {
    const name = letters[place] ?? '';
    const labelled = ofSource.map((record, index) => ({ label: `${name}${index}`, ...record }));
    return { source: sourceNamed(name), records: labelled };
  });
  return { sources, rules, rows: namingEachOnce(rows) };
}

/** Where one key may stand in several records of a source: nobody could tell them apart by it. */
export const companyWithDuplicateKeys = anyCompany;

/** Where a key stands in one record of a source, as vendors promise. */
export const company = fc
  .tuple(
    anyCompany,
    fc.array(fc.shuffledSubarray(allKeys, { minLength: allKeys.length }), { minLength: 4, maxLength: 4 }),
  )
  .map(
    ([drawn, orders]): DrawnCompany => ({
      ...drawn,
      sources: drawn.sources.map(({ source, records }, place) => ({
        source,
        records: withDistinctKeys(records, source, orders[place] ?? []),
      })),
    }),
  );

const handKeys = ['k1', 'k2', 'k3'];
const handRow = fc
  .tuple(
    fc.shuffledSubarray(letters, { minLength: 2, maxLength: 2 }),
    fc.constantFrom(...handKeys),
    fc.constantFrom(...handKeys),
  )
  .map(([[one = '', other = ''], ...[keyOfOne, keyOfOther]]) => ({ [one]: keyOfOne, [other]: keyOfOther }));

/** Where the mapping file speaks of nearly everybody, and contradicts itself and the addresses. */
export const companyWithHandRows = fc
  .record({
    records: fc.array(fc.tuple(drawnRecord, drawnRecord, drawnRecord), { minLength: 3, maxLength: letters.length }),
    rules: fc.oneof(fc.constant<IdentityRule[]>(['EMAIL', 'MAPPING_FILE', 'REMOTE_ID']), someRules),
    rows: fc.array(handRow, { minLength: 3, maxLength: 9, size: 'max' }),
  })
  .map(
    ({ records, rules, rows }): DrawnCompany =>
      companyOf(
        records.map((ofSource) =>
          ofSource.map((record, index) => ({ ...record, key: handKeys[index] ?? null, otherKey: null })),
        ),
        rules,
        rows,
      ),
  );

/**
 * Where an earlier record has a record's key, it gets another one or none. Keys of both kinds differ, because the mapping
 * file does not tell them apart.
 */
function withDistinctKeys(
  records: readonly PersonRecord[],
  source: PeopleSource<PersonRecord>,
  others: readonly string[],
): PersonRecord[] {
  const taken = new Set<string>();
  const isFree = (key: string | null): boolean => {
    const text = plainKey(key, source.ignoresCaseOfKeys);
    if (text !== null && taken.has(text)) return false;
    if (text !== null) taken.add(text);
    return true;
  };
  const distinct = (key: string | null) => (isFree(key) ? key : (others.find(isFree) ?? null));
  return records.map((record) => ({ ...record, key: distinct(record.key), otherKey: distinct(record.otherKey) }));
}

function namingEachOnce(drawn: readonly Record<string, string | null>[]): Record<string, string>[] {
  const taken = new Set<string>();
  return drawn.map((row) => {
    const kept: Record<string, string> = {};
    for (const [name, key] of Object.entries(row)) {
      const text = plainKey(key, sourceNamed(name).ignoresCaseOfKeys);
      if (key === null || text === null || taken.has(`${name}:${text}`)) continue;
      taken.add(`${name}:${text}`);
      kept[name] = key;
    }
    return kept;
  });
}

/** The same company with its records, and the rows of its mapping file, in any order. */
export const inAnyOrder = (drawn: DrawnCompany): fc.Arbitrary<DrawnCompany> =>
  fc
    .tuple(shuffled(drawn.rows), ...drawn.sources.map(({ records }) => shuffled(records)))
    .map(([rows, ...records]) => ({
      ...drawn,
      rows,
      sources: drawn.sources.map(({ source }, place) => ({ source, records: records[place] ?? [] })),
    }));

const shuffled = <T>(values: readonly T[]): fc.Arbitrary<T[]> =>
  fc.shuffledSubarray([...values], { minLength: values.length });

const nothing = {
  familyName: null,
  otherKey: null,
  email: null,
  remoteId: null,
  employeeNumber: null,
  isFormer: false,
};

/** A record in each of two sources. */
export const companyOfTwo = (one: Partial<PersonRecord>, other: Partial<PersonRecord>): DrawnCompany => ({
  sources: [
    { source: sourceNamed('A'), records: [{ ...nothing, label: 'A0', key: 'k1', ...one }] },
    { source: sourceNamed('B'), records: [{ ...nothing, label: 'B0', key: 'k1', ...other }] },
  ],
  rules: [...identityRules],
  rows: [],
});
