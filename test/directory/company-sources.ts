import { buildDirectory, type Directory } from '../../src/directory/directory.ts';
import type { DirectoryInput, SourceRecords } from '../../src/directory/input.ts';
import type { IdentityRule } from '../../src/domain/identity-rule.ts';
import { identityRules } from '../../src/domain/identity-rule.ts';
import type { PeopleSource } from '../../src/domain/people-source.ts';
import { IdentityMapping, type MappingRow } from '../../src/identity/mapping.ts';
import { drained } from './drained.ts';

/** Of a source of these tests. All have the same members, so that a table can be read. */
export type Row = {
  key?: string;
  badge?: string;
  email?: string;
  remoteId?: string;
  number?: string;
  given?: string;
  family?: string;
  full?: string;
  left?: boolean;
};

/** A company with four systems: payroll leads, then the office's, the door's, and the canteen's. */
export const names = ['PAYROLL', 'OFFICE', 'DOOR', 'CANTEEN'] as const;

export type Name = (typeof names)[number];

export type Company = Record<Name, Row>;

const sourceOf = <N extends Name>(name: N, prefix: string, ignoresCaseOfKeys = false): PeopleSource<Row, N> => ({
  name,
  keys: [
    { prefix, of: ({ key }) => key ?? null },
    { prefix: `${prefix}b`, of: ({ badge }) => badge ?? null },
  ],
  ignoresCaseOfKeys,
  traitsOf: ({ email, remoteId, number }) => ({
    email: email ?? null,
    remoteId: remoteId ?? null,
    employeeNumber: number ?? null,
  }),
  namesOf: ({ given, family, full }) => ({ given: given ?? null, family: family ?? null, full: full ?? null }),
  isFormer: ({ left }) => left ?? false,
});

export const sources: { readonly [N in Name]: PeopleSource<Row, N> } = {
  PAYROLL: sourceOf('PAYROLL', 'P'),
  OFFICE: sourceOf('OFFICE', 'O'),
  DOOR: sourceOf('DOOR', 'D', true),
  CANTEEN: sourceOf('CANTEEN', 'K'),
};

export type Rows = Partial<Record<Name, readonly Row[]>>;

export type Options = { rules?: readonly IdentityRule[]; mapping?: readonly MappingRow<Name>[] };

function given<N extends Name>(name: N, rows: Rows): SourceRecords<Company, N>[] {
  const records = rows[name];
  return records === undefined ? [] : [{ source: sources[name], records }];
}

/** Of the given systems, in the order in which they lead. */
export const inputOf = (
  rows: Rows,
  { rules = identityRules, mapping = [] }: Options = {},
): DirectoryInput<Company> => ({
  sources: names.flatMap((name) => given(name, rows)),
  rules,
  mapping: new IdentityMapping(mapping),
});

const building = (rows: Rows, options: Options = {}) => buildDirectory<Company>(inputOf(rows, options));

export const directoryOf = (rows: Rows, options: Options = {}): Directory<Company> => drained(building(rows, options));
