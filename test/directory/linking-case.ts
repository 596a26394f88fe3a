import { expect } from 'vitest';
import type { Directory } from '../../src/directory/directory.ts';
import type { Person } from '../../src/domain/person.ts';
import {
  type Company,
  directoryOf,
  type Name,
  names,
  type Options,
  type Row,
  type Rows,
  sources,
} from './company-sources.ts';

/**
 * `PAYROLL` leads, then `OFFICE`, `DOOR`, `CANTEEN`, with keys P, O, D, K. A person is written as their leading record,
 * the records linked to it, and, behind a question mark, systems with a record that others claim too. A conflict is the
 * rule, the people, and the records that they claim.
 */
export type LinkingCase = Rows & Options & { people: string[]; conflicts?: string[] };

/** In whichever order the rows come. */
export function expectLinks({ people, conflicts = [], ...given }: LinkingCase): void {
  const reversed = Object.fromEntries(names.map((name) => [name, given[name]?.toReversed()]));
  for (const rows of [given, reversed]) {
    const directory = directoryOf(rows, given);
    expect(directory.people.map(described).sort()).toEqual(people);
    expect(conflictsIn(directory)).toEqual(conflicts);
  }
}

/** Such as `P:1 + O:7 by EMAIL ? DOOR`. */
function described({ id, leads, links, contested }: Person<Company>): string {
  const linked = names.flatMap((name) => {
    const link = name === leads ? undefined : links[name];
    return link === undefined ? [] : [` + ${nameOf(name, link.record)} by ${link.matchedBy}`];
  });
  return [id, ...linked, ...contested.map((name) => ` ? ${name}`)].join('');
}

const conflictsIn = ({ conflicts }: Directory<Company>): string[] =>
  conflicts.map(({ rule, source, people, records }) => {
    const claimed = records.map((record) => nameOf(source, record));
    return `${rule}: ${people.map(({ id }) => id).join(', ')} | ${claimed.join(', ')}`;
  });

function nameOf(name: Name, record: Row): string {
  const kind = sources[name].keys.find((it) => it.of(record) !== null);
  return kind === undefined
    ? `${record.given ?? 'a record'} of ${name} without keys`
    : `${kind.prefix}:${kind.of(record)}`;
}
