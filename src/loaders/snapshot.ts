import { buildDirectory, type Directory } from '../directory/directory.ts';
import type { DirectoryInput, SourceRecords } from '../directory/input.ts';
import type { Assemble } from '../directory/keeper.ts';
import type { Employee, PeopleRecords } from '../domain/employee.ts';
import type { IdentityRule } from '../domain/identity-rule.ts';
import type { Upstream } from '../domain/upstream.ts';
import type { IdentityMapping } from '../identity/mapping.ts';
import { type AssignmentIndex, indexAssignments } from './assignment-index.ts';
import { type PeopleLists, peopleListsOf } from './list-names.ts';
import { peopleOf } from './people-sources.ts';

/** All data about people at one moment. Immutable. */
export type Snapshot = {
  readonly lists: Partial<PeopleLists>;
  /** True if all people lists of all configured upstreams have been read. */
  readonly isComplete: boolean;
  readonly directory: Directory<PeopleRecords>;
  /** The people led by the first configured upstream, in the directory's order. */
  readonly leadPeople: readonly Employee[];
  /** Null before the first reading. */
  readonly assignments: AssignmentIndex | null;
  /** The records of each configured upstream. */
  readonly records: PeopleRead;
  /** The input of the directory. */
  readonly input: DirectoryInput<PeopleRecords>;
};

/** The inputs of a snapshot: the people lists, and the mapping maintained by hand. */
export type SnapshotInputs = PeopleLists & { mapping: IdentityMapping<Upstream> };

type PeopleRead = { readonly [U in Upstream]?: readonly PeopleRecords[U][] };

export type IdentitySettings = { rules: readonly IdentityRule[]; mapping: IdentityMapping<Upstream> };

/**
 * Returns the function that builds a snapshot from the people lists. `configured` is in lead order. The mapping of the
 * settings holds until another one is published. Unchanged parts are taken from the previous snapshot.
 */
export function createAssembly(
  { rules, mapping: configuredMapping }: IdentitySettings,
  configured: readonly Upstream[],
): Assemble<SnapshotInputs, Snapshot> {
  const [lead] = configured;

  return function* assemble({ mapping = configuredMapping, ...lists }, previous) {
    let records: PeopleRead = {};
    for (const upstream of configured) {
      records = { ...records, [upstream]: yield* recordsOf(upstream, lists, previous?.records ?? {}) };
    }
    const isSame =
      previous !== null &&
      previous.input.mapping === mapping &&
      configured.every((upstream) => records[upstream] === previous.records[upstream]);
    const sources = configured.map((upstream) => sourceOf(upstream, records));
    const input = isSame ? previous.input : { sources, rules, mapping };
    const directory = isSame ? previous.directory : yield* buildDirectory<PeopleRecords>(input);
    const leadPeople = isSame ? previous.leadPeople : directory.people.filter((person) => person.leads === lead);
    const assignments = yield* assignmentsOf(lists, previous);
    const isComplete = configured.every((upstream) =>
      peopleListsOf(upstream).every((name) => lists[name] !== undefined),
    );
    return { lists, isComplete, directory, leadPeople, assignments, records, input };
  };
}

function* assignmentsOf(
  { assignments }: Partial<PeopleLists>,
  previous: Snapshot | null,
): Generator<void, AssignmentIndex | null> {
  if (assignments === undefined) return null;
  const earlier = previous?.assignments ?? null;
  return earlier?.list === assignments ? earlier : yield* indexAssignments(assignments);
}

function* recordsOf<U extends Upstream>(upstream: U, lists: Partial<PeopleLists>, previous: PeopleRead) {
  const records = peopleOf[upstream].recordsIn(lists, previous[upstream]);
  return 'next' in records ? yield* records : records;
}

const sourceOf = <U extends Upstream>(upstream: U, records: PeopleRead): SourceRecords<PeopleRecords, U> => ({
  source: peopleOf[upstream].source,
  records: records[upstream] ?? [],
});
