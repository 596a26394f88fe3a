import type { JobRole, JobRoleAssignment, Organisation } from '../../domain/organisation.ts';
import type { CtrlHubUser } from '../../domain/people.ts';
import type { JsonContext } from '../../http/json.ts';
import { Included } from './included.ts';
import { toAssignment, toJobRole, toOrganisation, toUser } from './to-domain.ts';
import { jobRole, organisation, user, type WireAssignmentList } from './wire.ts';

/**
 * Assignments with the included resources that belong to them, each once; a missing one was not asked for, or may not
 * be seen. `total` counts all pages and is null where it is not known.
 */
export type AssignmentPage = {
  assignments: JobRoleAssignment[];
  roles: JobRole[];
  users: CtrlHubUser[];
  organisations: Organisation[];
  total: number | null;
  hasNext: boolean;
};

/** Resources that came with assignments, by id. */
export class Related {
  readonly roles = new Map<string, JobRole>();
  readonly users = new Map<string, CtrlHubUser>();
  readonly organisations = new Map<string, Organisation>();

  add(other: Related): void {
    for (const [id, role] of other.roles) this.roles.set(id, role);
    for (const [id, person] of other.users) this.users.set(id, person);
    for (const [id, owner] of other.organisations) this.organisations.set(id, owner);
  }
}

/** What a document's linkages lead to: from an assignment to its user and role, from the role to its organisation. */
export function toAssignmentsWithRelated(document: WireAssignmentList, context: JsonContext) {
  const included = new Included(document.included, context);
  const related = new Related();
  for (const { relationships } of document.data) {
    const holder = relationships.user.data;
    const person = related.users.has(holder.id) ? null : included.find(holder, user);
    if (person !== null) related.users.set(person.id, toUser(person));
    // Many hold one role, which has to be checked once only.
    const held = relationships.role.data;
    const role = related.roles.has(held.id) ? null : included.find(held, jobRole);
    if (role !== null) related.roles.set(role.id, toJobRole(role));
    const owner = role?.relationships?.organisation?.data;
    const isNew = owner != null && !related.organisations.has(owner.id);
    const owned = isNew ? included.find(owner, organisation) : null;
    if (owned !== null) related.organisations.set(owned.id, toOrganisation(owned));
  }
  return { rows: document.data.map(toAssignment), related };
}

export function toPage(
  { rows, related }: { rows: JobRoleAssignment[]; related: Related },
  position: { total: number | null; hasNext: boolean },
): AssignmentPage {
  const roleIds = rows.map((it) => it.roleId);
  const userIds = rows.map((it) => it.userId);
  const roles = pick(related.roles, roleIds);
  const organisationIds = roles.map((it) => it.organisationId);
  return {
    assignments: rows,
    roles,
    users: pick(related.users, userIds),
    organisations: pick(related.organisations, organisationIds),
    ...position,
  };
}

const pick = <T>(resources: ReadonlyMap<string, T>, ids: readonly (string | null)[]): T[] =>
  [...new Set(ids)].flatMap((id) => (id === null ? [] : (resources.get(id) ?? [])));
