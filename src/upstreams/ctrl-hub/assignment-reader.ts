import type { Reading } from '../../domain/list-reading.ts';
import type { JobRoleAssignment } from '../../domain/organisation.ts';
import { createRowSharing } from '../../domain/row-sharing.ts';
import { createSharing } from '../../domain/text.ts';
import type { OffsetPage } from '../../http/offset-pages.ts';
import type { FilterBatch } from './assignment-filter.ts';
import { type AssignmentList, Related, toAssignmentList } from './assignment-list.ts';
import { readingOfList, readListPage } from './list-page.ts';
import type { Resource, Session } from './session.ts';
import { assignmentReader } from './wire.ts';

/**
 * GET /v3/job-role-assignments (Ctrl Hub docs: Retrieve job role assignments), with user, role and organisation. An
 * assignment has no organisation of its own; its role links to one.
 */
export type AssignmentReader = {
  /** Reads all visible assignments; pages after the first in parallel. */
  readAll(previous: AssignmentList | null): Reading<AssignmentList>;
  /** Reads the matching assignments, and filters them again, because a server may ignore the filter. */
  readMatching(batch: FilterBatch): Promise<AssignmentList>;
};

export const assignments: Resource = {
  path: '/v3/job-role-assignments',
  route: '/v3/job-role-assignments',
  subject: 'the assignment list',
  notFound: 'check that CTRL_HUB_BASE_URL names the API, without /v3',
};

/**
 * Rows from the start of the list that are requested with organisations. An organisation includes all of its members
 * (Ctrl Hub docs: organisations), a megabyte for 20,000 people, and every page would repeat it. So later pages are
 * requested without organisations, and again with them if one is missing.
 */
const rowsWithOrganisations = 1_000;

/** The query without limit and offset, percent-encoded. `filter` is percent-encoded too; '' for all rows. */
export const assignmentQuery = (filter: string, hasOrganisations = true): string =>
  `&include=${hasOrganisations ? 'organisation,' : ''}role,user${filter === '' ? '' : `&filter=${filter}`}`;

export function createAssignmentReader(session: Session, pageSize: number): AssignmentReader {
  function readingOf(filter: string, previous: AssignmentList | null) {
    const related = new Related(previous);
    const shared = createSharing();
    const shareRow = createRowSharing(previous?.rows, (row) => row.ctrlHubId);

    function request(offset: number, limit: number, hasOrganisations: boolean): Promise<OffsetPage<JobRoleAssignment>> {
      const query = assignmentQuery(filter, hasOrganisations);
      return readListPage(session, assignments, { offset, limit, query }, (document) => {
        const page = related.toAssignments(document, { shared, hasOrganisations });
        return { ...page, rows: page.rows.map(shareRow) };
      });
    }

    async function readPage(offset: number, limit: number): Promise<OffsetPage<JobRoleAssignment>> {
      const page = await request(offset, limit, offset < rowsWithOrganisations);
      return related.lacksOrganisationOf(page.rows) ? request(offset, limit, true) : page;
    }

    const list = { name: assignmentReader.resource, resource: assignments, pageSize, readPage };
    return { pages: readingOfList(session, list), related };
  }

  function readAll(previous: AssignmentList | null): Reading<AssignmentList> {
    const { pages, related } = readingOf('', previous);
    return {
      ...pages,
      attempt: async (onProgress) => toAssignmentList(await pages.attempt(onProgress), related, previous),
    };
  }

  async function readMatching({ filter, matches }: FilterBatch): Promise<AssignmentList> {
    const { pages, related } = readingOf(filter, null);
    const list = await pages.attempt(() => undefined);
    return toAssignmentList({ ...list, rows: list.rows.filter(matches) }, related, null);
  }

  return { readAll, readMatching };
}
