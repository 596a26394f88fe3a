import type { JobRole, JobRoleAssignment, Organisation } from '../domain/organisation.ts';
import type { CtrlHubUser } from '../domain/people.ts';
import type { AssignmentInclude, AssignmentPage } from '../upstreams/ctrl-hub/client.ts';
import type { Upstreams } from '../upstreams/upstreams.ts';
import { batched, groupBy, type Loader } from './batch.ts';
import type { Lists } from './lists.ts';
import type { ReadPlan } from './plan.ts';

/** What one operation has learnt from Ctrl Hub: assignments, and who and what came with them. */
export type CtrlHubKnowledge = {
  /** Takes in what came with a page read elsewhere. */
  remember(page: AssignmentPage): AssignmentPage;
  knownUsers(): readonly CtrlHubUser[];
  /** The organisation's members and, where the operation reads all assignments, the users who hold them. */
  allUsers(): Promise<readonly CtrlHubUser[]>;
  /** Every visible assignment with its user: the last resort to find a user who is no member. */
  usersOfAllAssignments(): Promise<readonly CtrlHubUser[]>;
  /** A member, or somebody who holds an assignment; null for an identifier that Ctrl Hub does not show. */
  findUser(id: string): Promise<CtrlHubUser | null>;
  /** Of an assignment: a user of whom nothing but the identifier is visible is still somebody, and never null. */
  userById: Loader<string, CtrlHubUser | null>;
  allAssignments(): Promise<AssignmentPage>;
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
  const users = new Map<string, CtrlHubUser>();
  const roles = new Map<string, JobRole>();
  const organisations = new Map<string, Organisation>();
  const include = [...plan.assignmentIncludes];

  /** The users as a list, the same one until there are more; the members themselves where nobody else was met. */
  let known: readonly CtrlHubUser[] = [];

  function rememberUsers(rows: readonly CtrlHubUser[]): void {
    if (users.size === 0) known = rows;
    for (const row of rows) if (!users.has(row.ctrlHubId)) users.set(row.ctrlHubId, row);
  }

  function knownUsers(): readonly CtrlHubUser[] {
    if (known.length !== users.size) known = [...users.values()];
    return known;
  }

  function remember(page: AssignmentPage): AssignmentPage {
    rememberUsers(page.users);
    for (const role of page.roles) roles.set(role.ctrlHubId, role);
    for (const organisation of page.organisations) organisations.set(organisation.ctrlHubId, organisation);
    return page;
  }

  /** Asked by everybody on a page: gathered once. */
  let gathered: Promise<readonly CtrlHubUser[]> | undefined;

  function allUsers() {
    gathered ??= gatherUsers();
    return gathered;
  }

  async function gatherUsers() {
    const showsHolders = plan.lists.has('assignments') && plan.assignmentIncludes.has('user');
    const [members, page] = await Promise.all([lists.members(), showsHolders ? lists.assignments() : null]);
    if (page !== null) remember(page);
    rememberUsers(members);
    return knownUsers();
  }

  async function findUser(id: string) {
    if (!users.has(id)) rememberUsers(await lists.members());
    const known = users.get(id);
    if (known !== undefined) return known;
    const query = { filter: { userIds: [id] }, include: ['user'] } as const;
    const { assignments } = remember(await upstreams.client('CTRL_HUB').assignments(query));
    return assignments.length > 0 ? userOrUnseen(id) : null;
  }

  /** Somebody who holds an assignment is somebody, even where nothing else of them is shown. */
  function userOrUnseen(id: string): CtrlHubUser {
    const user = users.get(id) ?? { ctrlHubId: id, email: null, firstName: null, lastName: null };
    users.set(id, user);
    return user;
  }

  async function usersOfAllAssignments() {
    rememberUsers((await upstreams.client('CTRL_HUB').assignments({ include: ['user'] })).users);
    return knownUsers();
  }

  async function findUsers(ids: readonly string[]) {
    if (ids.some((id) => !users.has(id))) rememberUsers(await lists.members());
    return userOrUnseen;
  }

  const allAssignments = async () => remember(await lists.assignments());

  const isListRead = () => plan.lists.has('assignments') || lists.isAtHand('assignments');

  /** The whole list where it is being read anyway or serves many, else the rows of those who are asked for. */
  async function assignmentsOf(member: 'userIds' | 'roleIds', ids: readonly string[]) {
    const isWorthIt = isListRead() || ids.length > manyIds;
    const whole = isWorthIt ? await lists.assignments() : null;
    const page = whole ?? (await upstreams.client('CTRL_HUB').assignments({ filter: { [member]: ids }, include }));
    const keyOf = (it: JobRoleAssignment) => (member === 'userIds' ? it.userId : it.roleId);
    const groups = groupBy(remember(page).assignments, keyOf);
    return (id: string) => groups.get(id) ?? [];
  }

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
    const missing = ids.filter((id) => !roles.has(id));
    const wanted: AssignmentInclude[] = include.includes('organisation') ? ['role', 'organisation'] : ['role'];
    if (missing.length > 0) remember(await upstreams.client('CTRL_HUB').rolesById(missing, wanted));
    return (id: string) => roles.get(id) ?? null;
  }

  async function findOrganisations(ids: readonly string[]) {
    if (ids.some((id) => !organisations.has(id))) {
      remember(await upstreams.client('CTRL_HUB').assignments({ include: ['role', 'organisation'] }));
    }
    return (id: string) => organisations.get(id) ?? null;
  }

  const assignmentsOfUser = batched((ids: readonly string[]) => assignmentsOf('userIds', ids));
  const assignmentsOfRole = batched((ids: readonly string[]) => assignmentsOf('roleIds', ids));
  const roleById = batched(findRoles);

  return {
    remember,
    knownUsers,
    allUsers,
    usersOfAllAssignments,
    findUser,
    userById: batched(findUsers),
    allAssignments,
    assignmentsOfUser,
    assignmentsOfRole,
    assignmentsMatching,
    roleById,
    organisationById: batched(findOrganisations),
    forget: () => {
      gathered = undefined;
      for (const loader of [assignmentsOfUser, assignmentsOfRole, roleById]) loader.forget();
    },
  };
}
