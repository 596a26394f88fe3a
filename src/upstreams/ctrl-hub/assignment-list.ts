import type { ListOf, SkippedRow } from '../../domain/list-reading.ts';
import type { JobRole, JobRoleAssignment, Organisation } from '../../domain/organisation.ts';
import type { CtrlHubUser } from '../../domain/people.ts';
import { createRowSharing, sharedList } from '../../domain/row-sharing.ts';
import type { Sharing } from '../../domain/text.ts';
import { type ReadRows, readRows } from '../../http/rows.ts';
import { Included } from './included.ts';
import { toAssignment, toJobRole, toOrganisation, toUser } from './to-domain.ts';
import { assignmentReader, jobRoleReader, type ListDocument, organisationReader, userReader } from './wire.ts';

/**
 * Assignments with the included resources that belong to them, each once. A resource that is missing may not be seen,
 * or is among `skipped`.
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
  /** What could not be used of them, by resource: pages repeat those that they have in common. */
  readonly skipped = new Map<string, readonly SkippedRow[]>();

  /** `shareUser`: see createRowSharing. */
  add(other: Related, shareUser: (user: CtrlHubUser) => CtrlHubUser): void {
    for (const [id, role] of other.roles) this.roles.set(id, role);
    for (const [id, person] of other.users) if (!this.users.has(id)) this.users.set(id, shareUser(person));
    for (const [id, owner] of other.organisations) this.organisations.set(id, owner);
    for (const [key, skipped] of other.skipped) this.skipped.set(key, skipped);
  }
}

/** What a document's linkages lead to: from an assignment to its user and role, from the role to its organisation. */
export function toAssignmentsWithRelated(
  document: Pick<ListDocument, 'data' | 'included'>,
  shared: Sharing,
): ReadRows<JobRoleAssignment> & { related: Related } {
  const read = readRows(document.data, assignmentReader);
  const included = new Included(document.included);
  const related = new Related();
  const rows: JobRoleAssignment[] = [];
  for (const wire of read.rows) {
    const holder = wire.relationships?.user?.data;
    const held = wire.relationships?.role?.data;
    if (holder == null || held == null) continue;
    rows.push(toAssignment(wire, holder, held, shared));
    const person = related.users.has(holder.id) ? null : included.find(holder, userReader);
    if (person !== null) related.users.set(shared(person.id), toUser(person, shared));
    // Many hold one role, which has to be checked once only.
    const role = related.roles.has(held.id) ? null : included.find(held, jobRoleReader);
    if (role !== null) related.roles.set(role.id, toJobRole(role));
    const owner = role?.relationships?.organisation?.data;
    const isNew = owner != null && !related.organisations.has(owner.id);
    const owned = isNew ? included.find(owner, organisationReader) : null;
    if (owned !== null) related.organisations.set(owned.id, toOrganisation(owned));
  }
  for (const [key, skipped] of included.skipped) related.skipped.set(key, skipped);
  return { ...read, rows, related };
}

/**
 * The list of a reading whose pages shared rows and users with `previous` as they came: there are tens of thousands. Roles
 * and organisations that have not changed are shared here.
 */
export function toAssignmentList(
  list: ListOf<JobRoleAssignment>,
  related: Related,
  previous: AssignmentList | null,
): AssignmentList {
  const { rows } = list;
  const roles = pick(related.roles, rows, (row) => row.roleId);
  return {
    ...list,
    skipped: [...list.skipped, ...[...related.skipped.values()].flat()],
    rows: sharedList(previous?.rows, rows),
    roles: sharedWith(previous?.roles, roles),
    users: sharedList(
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
