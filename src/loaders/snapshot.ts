import { buildDirectory, type Directory } from '../directory/directory.ts';
import type { Assemble } from '../directory/keeper.ts';
import { inSlices } from '../directory/slices.ts';
import type { Employee, PeopleRecords } from '../domain/employee.ts';
import type { IdentityRule } from '../domain/identity-rule.ts';
import type { CtrlHubUser } from '../domain/people.ts';
import { sharedList } from '../domain/row-sharing.ts';
import { upstreams as inLeadOrder, type Upstream } from '../domain/upstream.ts';
import type { IdentityMapping } from '../identity/mapping.ts';
import { ctrlHubPeople } from '../upstreams/ctrl-hub/people-source.ts';
import { luccaPeople } from '../upstreams/lucca/people-source.ts';
import { naverPeople } from '../upstreams/naver/people-source.ts';
import { type AssignmentIndex, indexAssignments } from './assignment-index.ts';
import { type PeopleLists, peopleListsOf } from './list-names.ts';

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
  readonly records: SourceRecords;
};

type SourceRecords = { readonly [U in Upstream]: readonly PeopleRecords[U][] };

export type IdentitySettings = { rules: readonly IdentityRule[]; mapping: IdentityMapping<Upstream> };

/** How the people lists become a snapshot. What has not changed since the previous one is taken from it. */
export function createAssembly(
  { rules, mapping }: IdentitySettings,
  configured: readonly Upstream[],
): Assemble<PeopleLists, Snapshot> {
  const lead = inLeadOrder.find((upstream) => configured.includes(upstream));

  function* buildFrom(records: SourceRecords): Generator<void, Directory<PeopleRecords>> {
    const sources = [
      { name: 'LUCCA', source: luccaPeople, records: records.LUCCA },
      { name: 'NAVER', source: naverPeople, records: records.NAVER },
      { name: 'CTRL_HUB', source: ctrlHubPeople, records: records.CTRL_HUB },
    ] as const;
    const used = sources.filter(({ name }) => configured.includes(name));
    return yield* buildDirectory<PeopleRecords>({ sources: used, rules, mapping });
  }

  return function* assemble(lists, previous) {
    const records = yield* recordsOf(lists, previous);
    const isSame =
      previous !== null && inLeadOrder.every((upstream) => records[upstream] === previous.records[upstream]);
    const directory = isSame ? previous.directory : yield* buildFrom(records);
    const leadPeople = isSame ? previous.leadPeople : directory.people.filter((person) => person.leads === lead);
    const assignments = yield* assignmentsOf(lists, previous);
    const isComplete = configured.every((upstream) =>
      peopleListsOf(upstream).every((name) => lists[name] !== undefined),
    );
    return { lists, isComplete, directory, leadPeople, assignments, records };
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

function* recordsOf(lists: Partial<PeopleLists>, previous: Snapshot | null): Generator<void, SourceRecords> {
  return {
    LUCCA: lists.employees?.rows ?? none,
    NAVER: lists.people?.rows ?? none,
    CTRL_HUB: yield* ctrlHubUsers(lists, previous),
  };
}

const none: readonly never[] = [];

/** The members, and whoever a visible assignment names: one of whom nothing but the id is visible is somebody, too. */
function* ctrlHubUsers(
  { members, assignments }: Partial<PeopleLists>,
  previous: Snapshot | null,
): Generator<void, readonly CtrlHubUser[]> {
  const isSame = members === previous?.lists.members && assignments === previous?.lists.assignments;
  if (previous !== null && isSame) return previous.records.CTRL_HUB;
  const users = new Map<string, CtrlHubUser>();
  const add = (user: CtrlHubUser) => void users.set(user.ctrlHubId, user);
  yield* inSlices(assignments?.users ?? none, add);
  yield* inSlices(members?.rows ?? none, add);
  const unseen: string[] = [];
  yield* inSlices(assignments?.rows ?? none, ({ userId }) => {
    if (!users.has(userId)) unseen.push(userId);
  });
  if (unseen.length > 0) {
    const earlier = new Map(previous?.records.CTRL_HUB.map((user) => [user.ctrlHubId, user]));
    for (const userId of unseen) users.set(userId, nameless(userId, earlier.get(userId)));
  }
  return sharedList(previous?.records.CTRL_HUB, [...users.values()]);
}

/** The same object as before where that was nameless as well. */
function nameless(ctrlHubId: string, earlier: CtrlHubUser | undefined): CtrlHubUser {
  const isSame = earlier?.email === null && earlier.firstName === null && earlier.lastName === null;
  return isSame ? earlier : { ctrlHubId, email: null, firstName: null, lastName: null };
}
