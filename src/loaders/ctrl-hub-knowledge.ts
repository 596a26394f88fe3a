import { type Awaitable, whenThere } from '../domain/awaitable.ts';
import type { JobRole, JobRoleAssignment, Organisation } from '../domain/organisation.ts';
import type { CtrlHubUser } from '../domain/people.ts';
import type { AssignmentInclude, AssignmentPage } from '../upstreams/ctrl-hub/client.ts';
import type { Upstreams } from '../upstreams/upstreams.ts';
import { batched, groupBy, type Loader } from './batch.ts';
import { keptWith } from './kept-with.ts';
import { knownRowsBy } from './known-rows.ts';
import type { Lists } from './lists.ts';
import type { ReadPlan } from './plan.ts';

/** What one operation has learnt from Ctrl Hub: assignments, and who and what came with them. */
export type CtrlHubKnowledge = {
  /** Takes in what came with a page read elsewhere. */
  remember(page: AssignmentPage): AssignmentPage;
  knownUsers(): readonly CtrlHubUser[];
  /** The organisation's members and, where the operation reads all assignments, the users who hold them. */
  allUsers(): Awaitable<readonly CtrlHubUser[]>;
  /** True once `allUsers` is there. */
  isGathered(): boolean;
  /** Every visible assignment with its user: the last resort to find a user who is no member. */
  usersOfAllAssignments(): Promise<readonly CtrlHubUser[]>;
  /** A member, or somebody who holds an assignment; null for an identifier that Ctrl Hub does not show. */
  findUser(id: string): Promise<CtrlHubUser | null>;
  /** Of an assignment: a user of whom nothing but the identifier is visible is still somebody, and never null. */
  userById: Loader<string, CtrlHubUser | null>;
  allAssignments(): Awaitable<AssignmentPage>;
  assignmentsOfUser: Loader<string, readonly JobRoleAssignment[] | null>;
  assignmentsOfRole: Loader<string, readonly JobRoleAssignment[] | null>;
  /** Of these roles (any of them) and of this type; the users who hold them come along. */
  assignmentsMatching(filter: { roleIds?: readonly string[]; type?: string }): Promise<readonly JobRoleAssignment[]>;
  roleById: Loader<string, JobRole | null>;
  organisationById: Loader<string, Organisation | null>;
  /** Assignments were written. */
  forget(): void;
};

/** From this many identifiers on, a list of moderate length is read whole rather than filtered. */
const manyIds = 50;

export function createCtrlHubKnowledge(upstreams: Upstreams, lists: Lists, plan: ReadPlan): CtrlHubKnowledge {
  const users = knownUsersOfOperation();
  const roles = knownRolesOfOperation();
  const organisations = knownOrganisationsOfOperation();
  const include = [...plan.assignmentIncludes];

  function remember(page: AssignmentPage): AssignmentPage {
    users.add(page.users);
    roles.add(page.roles);
    organisations.add(page.organisations);
    return page;
  }

  /** Asked by everybody on a page: gathered once. */
  let gathering: Awaitable<readonly CtrlHubUser[]> | undefined;
  let isGathered = false;

  function allUsers(): Awaitable<readonly CtrlHubUser[]> {
    gathering ??= gatherUsers();
    return gathering;
  }

  function gatherUsers(): Awaitable<readonly CtrlHubUser[]> {
    const showsHolders = plan.lists.has('assignments') && plan.assignmentIncludes.has('user');
    // Asked for side by side; a list that fails is reported where it is used.
    const assignments = showsHolders ? lists.assignments() : null;
    return whenThere(lists.members(), (members) =>
      whenThere(assignments, (page) => {
        if (page !== null) remember(page);
        users.add(members);
        isGathered = true;
        return users.all();
      }),
    );
  }

  async function findUser(id: string) {
    if (users.get(id) === undefined) users.add(await lists.members());
    const known = users.get(id);
    if (known !== undefined) return known;
    const query = { filter: { userIds: [id] }, include: ['user'] } as const;
    const { assignments } = remember(await upstreams.client('CTRL_HUB').assignments(query));
    if (assignments.length > 0) addUnseen([id]);
    return users.get(id) ?? null;
  }

  /** Somebody who holds an assignment is somebody, even where nothing else of them is shown. */
  function addUnseen(ids: readonly string[]): void {
    const unseen = ids.filter((id) => users.get(id) === undefined);
    if (unseen.length > 0) {
      users.add(unseen.map((ctrlHubId) => ({ ctrlHubId, email: null, firstName: null, lastName: null })));
    }
  }

  async function usersOfAllAssignments() {
    users.add((await upstreams.client('CTRL_HUB').assignments({ include: ['user'] })).users);
    return users.all();
  }

  async function findUsers(ids: readonly string[]) {
    if (ids.some((id) => users.get(id) === undefined)) users.add(await lists.members());
    addUnseen(ids);
    return (id: string) => users.get(id) ?? null;
  }

  const allAssignments = (): Awaitable<AssignmentPage> => whenThere(lists.assignments(), remember);

  const isListRead = () => plan.lists.has('assignments') || lists.isAtHand('assignments');

  /** The whole list where it is being read anyway or serves many, else the rows of those who are asked for. */
  async function assignmentsOf(member: 'userIds' | 'roleIds', ids: readonly string[]) {
    const isWorthIt = isListRead() || ids.length > manyIds;
    const whole = isWorthIt ? await lists.assignments() : null;
    const page = whole ?? (await upstreams.client('CTRL_HUB').assignments({ filter: { [member]: ids }, include }));
    return assignmentsIn[member](remember(page).assignments);
  }

  const assignmentsAtHand = (member: 'userIds' | 'roleIds') => (id: string) => {
    const page = lists.settled('assignments');
    return page === null ? undefined : assignmentsIn[member](remember(page).assignments)(id);
  };

  async function assignmentsMatching({ roleIds, type }: { roleIds?: readonly string[]; type?: string }) {
    const isWorthIt = isListRead() || (roleIds?.length ?? 0) > manyIds;
    const filter = { ...(roleIds === undefined ? {} : { roleIds }), ...(type === undefined ? {} : { type }) };
    const whole = isWorthIt ? await lists.assignments() : null;
    const page = whole ?? (await upstreams.client('CTRL_HUB').assignments({ filter, include }));
    return remember(page).assignments.filter(
      (it) => (roleIds?.includes(it.roleId) ?? true) && (type === undefined || it.type === type),
    );
  }

  async function findRoles(ids: readonly string[]) {
    const missing = ids.filter((id) => roles.get(id) === undefined);
    const wanted: AssignmentInclude[] = include.includes('organisation') ? ['role', 'organisation'] : ['role'];
    if (missing.length > 0) remember(await upstreams.client('CTRL_HUB').rolesById(missing, wanted));
    return (id: string) => roles.get(id) ?? null;
  }

  async function findOrganisations(ids: readonly string[]) {
    if (ids.some((id) => organisations.get(id) === undefined)) {
      remember(await upstreams.client('CTRL_HUB').assignments({ include: ['role', 'organisation'] }));
    }
    return (id: string) => organisations.get(id) ?? null;
  }

  type Holdings = readonly JobRoleAssignment[];
  const assignmentsOfUser = batched<string, Holdings>(
    (ids) => assignmentsOf('userIds', ids),
    assignmentsAtHand('userIds'),
  );
  const assignmentsOfRole = batched<string, Holdings>(
    (ids) => assignmentsOf('roleIds', ids),
    assignmentsAtHand('roleIds'),
  );
  const roleById = batched<string, JobRole>(findRoles, roles.get);

  return {
    remember,
    knownUsers: users.all,
    allUsers,
    isGathered: () => isGathered,
    usersOfAllAssignments,
    findUser,
    userById: batched<string, CtrlHubUser>(findUsers, users.get),
    allAssignments,
    assignmentsOfUser,
    assignmentsOfRole,
    assignmentsMatching,
    roleById,
    organisationById: batched<string, Organisation>(findOrganisations, organisations.get),
    forget: () => {
      gathering = undefined;
      isGathered = false;
      for (const loader of [assignmentsOfUser, assignmentsOfRole, roleById]) loader.forget();
    },
  };
}

const knownUsersOfOperation = knownRowsBy((it: CtrlHubUser) => it.ctrlHubId);
const knownRolesOfOperation = knownRowsBy((it: JobRole) => it.ctrlHubId);
const knownOrganisationsOfOperation = knownRowsBy((it: Organisation) => it.ctrlHubId);

const groupedBy = (keyOf: (row: JobRoleAssignment) => string) =>
  keptWith((rows: readonly JobRoleAssignment[]) => {
    const groups = groupBy(rows, keyOf);
    return (id: string): readonly JobRoleAssignment[] => groups.get(id) ?? [];
  });

const assignmentsIn = { userIds: groupedBy((it) => it.userId), roleIds: groupedBy((it) => it.roleId) };
