import type { CtrlHubData } from '../company/data.ts';
import {
  jobRoleResource,
  organisationResource,
  type ResourceObject,
  userAttributes,
  userResource,
} from './resources.ts';
import type { CtrlHubState } from './state.ts';

export const assignmentIncludes = ['organisation', 'role', 'user'] as const;
export const memberIncludes = ['organisations', 'teams'] as const;

/**
 * The related resources of a page of assignments, each once. An assignment has no organisation of its own:
 * include=organisation adds the organisations of the page's job roles (assumed, because there is no other path to them).
 * Resources that are not in the data are omitted.
 */
export function includedWithAssignments(
  { data, knobs }: CtrlHubState,
  page: CtrlHubData['assignments'],
  include: ReadonlySet<(typeof assignmentIncludes)[number]>,
): ResourceObject[] {
  const roles = pick(
    data.jobRoles,
    page.map((it) => it.roleId),
  );
  const withRoles = include.has('role') || (include.has('organisation') && knobs.organisationBringsRoles);
  const users = include.has('user')
    ? pick(
        data.users,
        page.map((it) => it.userId),
      )
    : [];
  const organisations = include.has('organisation')
    ? pick(
        data.organisations,
        roles.map((it) => it.organisationId),
      )
    : [];
  return [
    ...(withRoles ? roles.map((role) => jobRoleResource(role, knobs)) : []),
    ...users.map(knobs.includedUsers === 'full' ? userResource : userAttributes),
    ...organisations.map((organisation) => organisationResource(organisation, data.users)),
  ].filter(({ type, id }) => !knobs.omitIncluded(type, id));
}

/** The related resources of a page of members. The sandbox has no teams. */
export function includedWithMembers(
  { data, knobs }: CtrlHubState,
  page: CtrlHubData['users'],
  include: ReadonlySet<(typeof memberIncludes)[number]>,
): ResourceObject[] {
  if (!include.has('organisations')) return [];
  return pick(
    data.organisations,
    page.flatMap((it) => it.organisationIds),
  )
    .map((organisation) => organisationResource(organisation, data.users))
    .filter(({ type, id }) => !knobs.omitIncluded(type, id));
}

/** The rows with these ids, in the order of their first occurrence. */
function pick<Row extends { id: string }>(rows: readonly Row[], ids: readonly (string | null)[]): Row[] {
  const byId = new Map(rows.map((row) => [row.id, row]));
  return [...new Set(ids)].flatMap((id) => (id === null ? [] : (byId.get(id) ?? [])));
}
