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

/** Everything that is known of people at one moment. It never changes. */
export type Snapshot = {
  readonly lists: Partial<PeopleLists>;
  /** Every list of every configured upstream has been read. */
  readonly isComplete: boolean;
  readonly directory: Directory<PeopleRecords>;
  /** The people of the lead directory, in the directory's order. */
  readonly leadPeople: readonly Employee[];
  /** Null until they have been read. */
  readonly assignments: AssignmentIndex | null;
  /** Of each configured upstream. */
  readonly records: PeopleRead;
  /** What the directory was linked from. */
  readonly input: DirectoryInput<PeopleRecords>;
};

/** What a snapshot is made of: the lists that the upstreams hold, and what the owner says by hand. */
export type SnapshotInputs = PeopleLists & { mapping: IdentityMapping<Upstream> };

type PeopleRead = { readonly [U in Upstream]?: readonly PeopleRecords[U][] };

export type IdentitySettings = { rules: readonly IdentityRule[]; mapping: IdentityMapping<Upstream> };

/**
 * How the people lists become a snapshot. `configured` are in the order in which they lead; the mapping of the settings
 * holds until another one is published. What has not changed since the previous snapshot is taken from it.
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
