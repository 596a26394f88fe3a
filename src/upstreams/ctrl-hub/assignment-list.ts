import type { ListOf } from '../../domain/list-reading.ts';
import type { JobRole, JobRoleAssignment, Organisation } from '../../domain/organisation.ts';
import type { CtrlHubUser } from '../../domain/people.ts';
import { createRowSharing, sharedList } from '../../domain/row-sharing.ts';
import type { Sharing } from '../../domain/text.ts';
import type { JsonContext } from '../../http/json.ts';
import { Included } from './included.ts';
import { toAssignment, toJobRole, toOrganisation, toUser } from './to-domain.ts';
import { jobRole, organisation, user, type WireAssignmentList } from './wire.ts';

/**
 * Assignments with the included resources that belong to them, each once. A resource that is missing may not be seen.
 */
export type AssignmentList = ListOf<JobRoleAssignment> & {
  readonly roles: readonly JobRole[];
  readonly users: readonly CtrlHubUser[];
  readonly organisations: readonly Organisation[];
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
export function toAssignmentsWithRelated(document: WireAssignmentList, context: JsonContext, shared: Sharing) {
  const included = new Included(document.included, context);
  const related = new Related();
  for (const { relationships } of document.data) {
    const holder = relationships.user.data;
    const person = related.users.has(holder.id) ? null : included.find(holder, user);
    if (person !== null) related.users.set(shared(person.id), toUser(person, shared));
    // Many hold one role, which has to be checked once only.
    const held = relationships.role.data;
    const role = related.roles.has(held.id) ? null : included.find(held, jobRole);
    if (role !== null) related.roles.set(role.id, toJobRole(role));
    const owner = role?.relationships?.organisation?.data;
    const isNew = owner != null && !related.organisations.has(owner.id);
    const owned = isNew ? included.find(owner, organisation) : null;
    if (owned !== null) related.organisations.set(owned.id, toOrganisation(owned));
  }
  return { rows: document.data.map((row) => toAssignment(row, shared)), related };
}

/** Rows and resources that have not changed since `previous` are shared with it. */
export function toAssignmentList(
  list: ListOf<JobRoleAssignment>,
  related: Related,
  previous: AssignmentList | null,
): AssignmentList {
  const { rows } = list;
  const roles = pick(related.roles, rows, (row) => row.roleId);
  return {
    ...list,
    rows: sharedWith(previous?.rows, rows),
    roles: sharedWith(previous?.roles, roles),
    users: sharedWith(
      previous?.users,
      pick(related.users, rows, (row) => row.userId),
    ),
    organisations: sharedWith(
      previous?.organisations,
      pick(related.organisations, roles, (role) => role.organisationId),
    ),
  };
}

/** Of those with one id the first in `rows`' order comes first. */
const pick = <T, Row>(resources: ReadonlyMap<string, T>, rows: readonly Row[], idOf: (row: Row) => string | null) =>
  [...new Set(rows.map(idOf))].flatMap((id) => (id === null ? [] : (resources.get(id) ?? [])));

function sharedWith<Row extends { ctrlHubId: string }>(earlier: readonly Row[] | undefined, rows: readonly Row[]) {
  return sharedList(earlier, rows.map(createRowSharing(earlier, (row) => row.ctrlHubId)));
}
