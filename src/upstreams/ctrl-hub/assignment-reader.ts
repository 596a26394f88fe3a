import type { Reading } from '../../domain/list-reading.ts';
import { createSharing } from '../../domain/text.ts';
import type { FilterBatch } from './assignment-filter.ts';
import { type AssignmentList, Related, toAssignmentList, toAssignmentsWithRelated } from './assignment-list.ts';
import { readingOfList } from './list-page.ts';
import type { Resource, Session } from './session.ts';
import { assignmentReader } from './wire.ts';

/**
 * GET /v3/job-role-assignments (Ctrl Hub docs: Retrieve job role assignments), always with user, role and organisation:
 * an assignment has no organisation of its own, only its role leads there.
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

/** What is asked for with them, percent-encoded; `filter` is, too, and '' for all. */
export const assignmentQuery = (filter: string): string =>
  `&include=organisation,role,user${filter === '' ? '' : `&filter=${filter}`}`;

export function createAssignmentReader(session: Session, pageSize: number): AssignmentReader {
  function readingOf(filter: string) {
    const related = new Related();
    const shared = createSharing();
    const pages = readingOfList(session, {
      name: assignmentReader.resource,
      resource: assignments,
      query: assignmentQuery(filter),
      pageSize,
      toRows: (document) => {
        const page = toAssignmentsWithRelated(document, shared);
        related.add(page.related);
        return page;
      },
    });
    return { pages, related };
  }

  function readAll(previous: AssignmentList | null): Reading<AssignmentList> {
    const { pages, related } = readingOf('');
    return {
      ...pages,
      attempt: async (onProgress) => toAssignmentList(await pages.attempt(onProgress), related, previous),
    };
  }

  async function readMatching({ filter, isAnsweredBy }: FilterBatch): Promise<AssignmentList> {
    const { pages, related } = readingOf(filter);
    const list = await pages.attempt(() => undefined);
    return toAssignmentList({ ...list, rows: list.rows.filter(isAnsweredBy) }, related, null);
  }

  return { readAll, readMatching };
}
