import type { AssignmentFilter, Question } from './assignment-filter.ts';
import { type AssignmentPage, toPage } from './assignment-page.ts';
import type { AssignmentInclude, AssignmentList, AssignmentReader } from './assignment-reader.ts';

type Query = { filter?: AssignmentFilter; include: readonly AssignmentInclude[] };

/** Pages and whole lists. A server that does not heed the filter costs requests; rows that do not match never pass. */
export function createAssignmentLists(
  { readPage, readAll }: AssignmentReader,
  pageSize: number,
  questionsFor: (filter: AssignmentFilter) => Question[],
) {
  /** What a page that was given out is the beginning of. */
  const beginnings = new WeakMap<AssignmentPage, AssignmentList>();

  async function assignmentPage({
    filter = {},
    include,
    offset,
    limit,
  }: Query & { offset: number; limit: number }): Promise<AssignmentPage> {
    const isBeginning = offset === 0 && limit === pageSize;
    const questions = questionsFor(filter);
    const [question, ...others] = questions;
    let received: AssignmentList | undefined;
    if (question?.isComplete && others.length === 0) {
      received = await readPage(question, include, offset, limit);
      const { rows, total, hasNext } = received;
      if (rows.every(question.isAnsweredBy)) {
        const page = toPage(received, { total, hasNext: hasNext ?? rows.length >= limit });
        if (isBeginning) beginnings.set(page, received);
        return page;
      }
    }
    const all = await readAll(questions, include, isBeginning ? received : undefined);
    const rows = all.rows.slice(offset, offset + limit);
    const page = toPage(
      { rows, related: all.related },
      { total: all.rows.length, hasNext: offset + rows.length < all.rows.length },
    );
    if (isBeginning) beginnings.set(page, all);
    return page;
  }

  async function assignments({
    filter = {},
    include,
    first,
  }: Query & { first?: AssignmentPage }): Promise<AssignmentPage> {
    const beginning = first && beginnings.get(first);
    const isWhole = beginning?.hasNext === false;
    const all = isWhole ? beginning : await readAll(questionsFor(filter), include, beginning);
    return toPage(all, { total: all.rows.length, hasNext: false });
  }

  return { assignmentPage, assignments };
}
