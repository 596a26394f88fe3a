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
 * GET /v3/job-role-assignments (Ctrl Hub docs: Retrieve job role assignments), with user, role and organisation: an
 * assignment has no organisation of its own, only its role leads there.
 */
export type AssignmentReader = {
  /** All visible assignments; pages after the first in parallel. */
  readAll(previous: AssignmentList | null): Reading<AssignmentList>;
  /** Those that match, re-checked: a server that does not know a filter answers every row. */
  readMatching(batch: FilterBatch): Promise<AssignmentList>;
};

export const assignments: Resource = {
  path: '/v3/job-role-assignments',
  route: '/v3/job-role-assignments',
  subject: 'the assignment list',
  notFound: 'check that CTRL_HUB_BASE_URL names the API, without /v3',
};

/**
 * An organisation comes with all of its members (Ctrl Hub docs: organisations), a megabyte for 20,000 people, and every
 * page would repeat it. So later pages are asked for without organisations, and once more with them where one is missing.
 */
const rowsWithOrganisations = 1_000;

/** What is asked for with them, percent-encoded; `filter` is, too, and '' for all. */
export const assignmentQuery = (filter: string, hasOrganisations = true): string =>
  `&include=${hasOrganisations ? 'organisation,' : ''}role,user${filter === '' ? '' : `&filter=${filter}`}`;

export function createAssignmentReader(session: Session, pageSize: number): AssignmentReader {
  function readingOf(filter: string, previous: AssignmentList | null) {
    const related = new Related(previous);
    const shared = createSharing();
    const shareRow = createRowSharing(previous?.rows, (row) => row.ctrlHubId);

    function ask(offset: number, limit: number, hasOrganisations: boolean): Promise<OffsetPage<JobRoleAssignment>> {
      const query = assignmentQuery(filter, hasOrganisations);
      return readListPage(session, assignments, { offset, limit, query }, (document) => {
        const page = related.toAssignments(document, { shared, hasOrganisations });
        return { ...page, rows: page.rows.map(shareRow) };
      });
    }

    async function readPage(offset: number, limit: number): Promise<OffsetPage<JobRoleAssignment>> {
      const page = await ask(offset, limit, offset < rowsWithOrganisations);
      return related.lacksOrganisationOf(page.rows) ? ask(offset, limit, true) : page;
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

  async function readMatching({ filter, isAnsweredBy }: FilterBatch): Promise<AssignmentList> {
    const { pages, related } = readingOf(filter, null);
    const list = await pages.attempt(() => undefined);
    return toAssignmentList({ ...list, rows: list.rows.filter(isAnsweredBy) }, related, null);
  }

  return { readAll, readMatching };
}
