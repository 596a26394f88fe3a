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

/**
 * Assignments with the included resources that belong to them, each once. A resource that is missing may not be seen,
 * or is among `skipped`.
 */
export type AssignmentList = ListOf<JobRoleAssignment> & {
  readonly roles: readonly JobRole[];
  readonly users: readonly CtrlHubUser[];
  readonly organisations: readonly Organisation[];
};

/** Resources that came with the assignments of a reading, by id: each is read once, however many pages repeat it. */
export class Related {
  readonly roles = new Map<string, JobRole>();
  readonly users = new Map<string, CtrlHubUser>();
  readonly organisations = new Map<string, Organisation>();
  /** What could not be used of them, by resource. */
  readonly skipped = new Map<string, readonly SkippedRow[]>();
  /** Organisations of roles, by role. */
  readonly #owners = new Map<string, ResourceIdentifier>();
  /** Organisations of which a page told what there was to tell. */
  readonly #askedFor = new Set<string>();
  readonly #shareUser: (user: CtrlHubUser) => CtrlHubUser;

  /** Users that have not changed since `previous` are shared with it. */
  constructor(previous: AssignmentList | null) {
    this.#shareUser = createRowSharing(previous?.users, (user) => user.ctrlHubId);
  }

  /** What a document's linkages lead to: from an assignment to its user and role, from the role to its organisation. */
  toAssignments(
    { data, included }: Document,
    { shared, hasOrganisations }: ToAssignments,
  ): ReadRows<JobRoleAssignment> {
    const read = readRows(data, assignmentReader);
    const resources = new Included(included);
    const rows: JobRoleAssignment[] = [];
    for (const wire of read.rows) {
      const holder = wire.relationships?.user?.data;
      const held = wire.relationships?.role?.data;
      if (holder == null || held == null) continue;
      rows.push(toAssignment(wire, holder, held, shared));
      const person = this.users.has(holder.id) ? null : resources.find(holder, userReader);
      if (person !== null) this.users.set(shared(person.id), this.#shareUser(toUser(person, shared)));
      const role = this.roles.has(held.id) ? null : resources.find(held, jobRoleReader);
      if (role !== null) this.#addRole(role);
      const owner = this.#owners.get(held.id);
      if (hasOrganisations && owner !== undefined) this.#addOrganisation(owner, resources);
    }
    for (const [key, skipped] of resources.skipped) this.skipped.set(key, skipped);
    return { ...read, rows };
  }

  /** Whether some of these lead to an organisation that no page was asked for yet. */
  lacksOrganisationOf(rows: readonly JobRoleAssignment[]): boolean {
    return rows.some(({ roleId }) => {
      const owner = this.#owners.get(roleId);
      return owner !== undefined && !this.#askedFor.has(owner.id);
    });
  }

  #addRole(role: WireJobRole): void {
    this.roles.set(role.id, toJobRole(role));
    const owner = role.relationships?.organisation?.data;
    if (owner != null) this.#owners.set(role.id, owner);
  }

  #addOrganisation(owner: ResourceIdentifier, resources: Included): void {
    this.#askedFor.add(owner.id);
    const organisation = this.organisations.has(owner.id) ? null : resources.find(owner, organisationReader);
    if (organisation !== null) this.organisations.set(organisation.id, toOrganisation(organisation));
  }
}

type ToAssignments = {
  shared: Sharing;
  /** Whether organisations were asked for: an unknown one is not included by another page, either. */
  hasOrganisations: boolean;
};

type Document = Pick<ListDocument, 'data' | 'included'>;

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
