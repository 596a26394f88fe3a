import type { CtrlHubData } from '../company/data.ts';
import type { EmulatorRequest, Reply } from '../emulator.ts';
import { listReply, resourceReply } from './documents.ts';
import { includedWithMembers, memberIncludes } from './included.ts';
import { takePage } from './paging.ts';
import { Problem } from './problems.ts';
import { checkParameters, readInclude } from './query-parameters.ts';
import { type ResourceObject, userResource } from './resources.ts';
import type { CtrlHubState } from './state.ts';

const since = '2024-02-01T08:00:00Z';

/** The organisation's service accounts: members, but not people (Ctrl Hub docs: service accounts). */
const serviceAccounts: readonly ResourceObject[] = ['payroll-export', 'site-cameras'].map((name, index) => ({
  id: `5ac0ffee-0000-4000-8000-00000000010${index + 1}`,
  type: 'service-accounts',
  attributes: { name, description: '', email: `${name}@iam.ctrl-hub.com`, enabled: true, keys: [] },
  meta: { created_at: since, updated_at: since },
  relationships: { groups: { data: [] }, organisations: { data: [] } },
}));

/**
 * GET /v3/orgs/{org_id}/iam/members (Ctrl Hub docs: members of an organisation). The documents do not say whether the list
 * has service accounts: a variation adds them.
 */
export function listMembers(state: CtrlHubState, { query }: EmulatorRequest, organisationId: string): Reply {
  const { data, knobs } = state;
  checkParameters(query, (name) => ['limit', 'offset', 'include'].includes(name));
  const include = readInclude(query, memberIncludes);
  const users = usersOf(data, organisationId);
  const [first, ...others] = users.map(userResource);
  const mixed = knobs.variation === 'service accounts among members' ? serviceAccounts : [];
  const { rows, pagination } = takePage([...(first ? [first] : []), ...mixed, ...others], query, knobs);
  const shownIds = new Set(rows.map((it) => it.id));
  const page = users.filter((user) => shownIds.has(user.id));
  return listReply(
    {
      data: rows,
      pagination: knobs.membersPagination ? pagination : undefined,
      features: { include: memberIncludes, filter: [] },
      included: include.size === 0 ? undefined : includedWithMembers(state, page, include),
    },
    knobs,
  );
}

/** GET /v3/orgs/{org_id}/iam/members/{member_id}: one user (Ctrl Hub docs: members of an organisation). */
export function readMember(
  { data, knobs }: CtrlHubState,
  { query }: EmulatorRequest,
  organisationId: string,
  memberId: string,
): Reply {
  checkParameters(query, () => false);
  const user = usersOf(data, organisationId).find((candidate) => candidate.id === memberId);
  if (user === undefined) throw new Problem(404, { title: 'Not found', detail: 'There is no such member.' });
  return resourceReply(userResource(user), knobs);
}

/** GET /v3/orgs/{org_id}/iam/member-stats (Ctrl Hub docs: member stats). */
export function memberStats({ data, knobs }: CtrlHubState, { query }: EmulatorRequest, organisationId: string): Reply {
  checkParameters(query, () => false);
  const users = usersOf(data, organisationId).length;
  const members = { users, service_accounts: serviceAccounts.length, total: users + serviceAccounts.length };
  return resourceReply(statsResource('member-stats', organisationId, members), knobs);
}

/** The same at its older path, without a total (Ctrl Hub SDK for TypeScript: OrganisationMemberStats). */
export function olderMemberStats(
  { data, knobs }: CtrlHubState,
  { query }: EmulatorRequest,
  organisationId: string,
): Reply {
  checkParameters(query, () => false);
  const members = { users: usersOf(data, organisationId).length, service_accounts: serviceAccounts.length };
  return resourceReply(statsResource('members-stats', organisationId, members), knobs);
}

const statsResource = (type: string, organisationId: string, members: object): ResourceObject => ({
  id: organisationId,
  type,
  attributes: { members },
  relationships: { organisation: { data: { id: organisationId, type: 'organisations' } } },
});

/** GET /v3/orgs/{org_id}/iam/service-accounts (Ctrl Hub docs: service accounts). Secrets of keys are never shown. */
export function listServiceAccounts(state: CtrlHubState, request: EmulatorRequest, organisationId: string): Reply {
  return listOf(serviceAccounts, state, request, organisationId, []);
}

/** GET /v3/orgs/{org_id}/people/teams (Ctrl Hub docs: teams); the sandbox has none. */
export function listTeams(state: CtrlHubState, request: EmulatorRequest, organisationId: string): Reply {
  return listOf([], state, request, organisationId, ['members']);
}

/** GET /v3/orgs/{org_id}/people/teams/{team_id}. */
export function readTeam({ data }: CtrlHubState, { query }: EmulatorRequest, organisationId: string): Reply {
  checkParameters(query, (name) => name === 'include');
  usersOf(data, organisationId);
  throw new Problem(404, { title: 'Not found', detail: 'There is no such team.' });
}

function listOf(
  resources: readonly ResourceObject[],
  { data, knobs }: CtrlHubState,
  { query }: EmulatorRequest,
  organisationId: string,
  includes: readonly string[],
): Reply {
  checkParameters(query, (name) => ['limit', 'offset', ...(includes.length > 0 ? ['include'] : [])].includes(name));
  const include = readInclude(query, includes);
  usersOf(data, organisationId);
  const { rows, pagination } = takePage(resources, query, knobs);
  const included = include.size === 0 ? undefined : [];
  return listReply({ data: rows, pagination, features: { include: includes, filter: [] }, included }, knobs);
}

/** Throws 404 for an unknown organisation. */
function usersOf(data: CtrlHubData, organisationId: string): CtrlHubData['users'] {
  if (!data.organisations.some((organisation) => organisation.id === organisationId)) {
    throw new Problem(404, { title: 'Not found', detail: 'There is no such organisation.' });
  }
  return data.users.filter((user) => user.organisationIds.includes(organisationId));
}
