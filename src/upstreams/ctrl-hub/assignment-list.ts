import type { ListOf, SkippedRow } from '../../domain/list-reading.ts';
import type { JobRole, JobRoleAssignment, Organisation } from '../../domain/organisation.ts';
import type { CtrlHubUser } from '../../domain/people.ts';
import { createRowSharing, sharedList } from '../../domain/row-sharing.ts';
import type { Sharing } from '../../domain/text.ts';
import { type ReadRows, readRows } from '../../http/rows.ts';
import { Included } from './included.ts';
import { toAssignment, toJobRole, toOrganisation, toUser } from './to-domain.ts';
import {
  assignmentReader,
  jobRoleReader,
  type ListDocument,
  organisationReader,
  type ResourceIdentifier,
  userReader,
  type WireJobRole,
} from './wire.ts';

/** Assignments with their included resources, each once. A missing one is not visible to us, or is in `skipped`. */
export type AssignmentList = ListOf<JobRoleAssignment> & {
  readonly roles: readonly JobRole[];
  readonly users: readonly CtrlHubUser[];
  readonly organisations: readonly Organisation[];
};

/** The resources included with a reading's assignments, by id. Each is parsed once, although many pages repeat it. */
export class Related {
  readonly roles = new Map<string, JobRole>();
  readonly users = new Map<string, CtrlHubUser>();
  readonly organisations = new Map<string, Organisation>();
  /** Included resources that could not be used, by type and id. */
  readonly skipped = new Map<string, readonly SkippedRow[]>();
  /** The organisation linked by each role, by role id. */
  readonly #owners = new Map<string, ResourceIdentifier>();
  /** Organisations that a page was asked to include. */
  readonly #requested = new Set<string>();
  readonly #shareUser: (user: CtrlHubUser) => CtrlHubUser;

  /** Unchanged users are shared with `previous`. */
  constructor(previous: AssignmentList | null) {
    this.#shareUser = createRowSharing(previous?.users, (user) => user.ctrlHubId);
  }

  /** Follows a document's linkages: from an assignment to its user and role, and from the role to its organisation. */
  toAssignments(
    { data, included }: Document,
    { shared, hasOrganisations }: ToAssignments,
  ): ReadRows<JobRoleAssignment> {
    const read = readRows(data, assignmentReader);
    const resources = new Included(included);
    const rows: JobRoleAssignment[] = [];
    for (const wire of read.rows) {
      const holder = wire.relationships?.user?.data;
      const heldRole = wire.relationships?.role?.data;
      if (holder == null || heldRole == null) continue;
      rows.push(toAssignment(wire, holder, heldRole, shared));
      const person = this.users.has(holder.id) ? null : resources.find(holder, userReader);
      if (person !== null) this.users.set(shared(person.id), this.#shareUser(toUser(person, shared)));
      const role = this.roles.has(heldRole.id) ? null : resources.find(heldRole, jobRoleReader);
      if (role !== null) this.#addRole(role);
      const owner = this.#owners.get(heldRole.id);
      if (hasOrganisations && owner !== undefined) this.#addOrganisation(owner, resources);
    }
    for (const [key, skipped] of resources.skipped) this.skipped.set(key, skipped);
    return { ...read, rows };
  }

  /** True if some rows lead to an organisation that no page was asked to include yet. */
  lacksOrganisationOf(rows: readonly JobRoleAssignment[]): boolean {
    return rows.some(({ roleId }) => {
      const owner = this.#owners.get(roleId);
      return owner !== undefined && !this.#requested.has(owner.id);
    });
  }

  #addRole(role: WireJobRole): void {
    this.roles.set(role.id, toJobRole(role));
    const owner = role.relationships?.organisation?.data;
    if (owner != null) this.#owners.set(role.id, owner);
  }

  #addOrganisation(owner: ResourceIdentifier, resources: Included): void {
    this.#requested.add(owner.id);
    const organisation = this.organisations.has(owner.id) ? null : resources.find(owner, organisationReader);
    if (organisation !== null) this.organisations.set(organisation.id, toOrganisation(organisation));
  }
}

type ToAssignments = {
  shared: Sharing;
  /** True if the page was to include organisations. One that is missing then is missing from other pages too. */
  hasOrganisations: boolean;
};

type Document = Pick<ListDocument, 'data' | 'included'>;

/**
 * Makes the list of a reading. Rows and users were already shared with `previous` page by page, because there are tens
 * of thousands; unchanged roles and organisations are shared here.
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

/** The resources that `rows` refer to, each once, in order of first reference. */
const pick = <T, Row>(resources: ReadonlyMap<string, T>, rows: readonly Row[], idOf: (row: Row) => string | null) =>
  [...new Set(rows.map(idOf))].flatMap((id) => (id === null ? [] : (resources.get(id) ?? [])));

function sharedWith<Row extends { ctrlHubId: string }>(earlier: readonly Row[] | undefined, rows: readonly Row[]) {
  return sharedList(earlier, rows.map(createRowSharing(earlier, (row) => row.ctrlHubId)));
}
