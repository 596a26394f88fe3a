import type { JobRoleAssignment } from '../../domain/organisation.ts';
import type { Question } from './assignment-filter.ts';
import { Related, toAssignmentsWithRelated } from './assignment-page.ts';
import { type ListPage, positionOf, readWholeList } from './list-page.ts';
import type { Resource, Session } from './session.ts';
import { assignmentList } from './wire.ts';

/** Related resources that may come with assignments. */
export type AssignmentInclude = 'role' | 'user' | 'organisation';

/** Assignments in Ctrl Hub's order, and what was included with them. */
export type AssignmentList = ListPage<JobRoleAssignment> & { related: Related };

/** GET /v3/job-role-assignments (Ctrl Hub docs: Retrieve job role assignments). */
export type AssignmentReader = {
  /** One page as it comes: without the question's re-check. */
  readPage(
    question: Question,
    include: readonly AssignmentInclude[],
    offset: number,
    limit: number,
  ): Promise<AssignmentList>;
  /** All answers to all questions, re-checked. `first` continues the single question from its first page. */
  readAll(
    questions: readonly Question[],
    include: readonly AssignmentInclude[],
    first?: AssignmentList,
  ): Promise<AssignmentList>;
};

const resource = {
  path: '/v3/job-role-assignments',
  subject: 'the assignment list',
  notFound: 'check that CTRL_HUB_BASE_URL names the API, without /v3',
  schema: assignmentList,
} satisfies Resource<unknown>;

export function createAssignmentReader(session: Session, pageSize: number): AssignmentReader {
  const readPage: AssignmentReader['readPage'] = (question, include, offset, limit) =>
    session.get(resource, writeQuery(question, include, offset, limit), (document, context) => ({
      ...toAssignmentsWithRelated(document, context),
      ...positionOf(document.meta?.pagination, { offset, limit, received: document.data.length }),
    }));

  const readAll: AssignmentReader['readAll'] = async (questions, include, first) => {
    const related = new Related();
    if (first !== undefined) related.add(first.related);
    const readAnswers = async (question: Question) => {
      const readAndRelate = async (offset: number, limit: number) => {
        const page = await readPage(question, include, offset, limit);
        related.add(page.related);
        return page;
      };
      const rows = await readWholeList(pageSize, readAndRelate, first);
      return rows.filter(question.isAnsweredBy);
    };
    const rows = (await Promise.all(questions.map(readAnswers))).flat();
    return { rows, related, total: rows.length, hasNext: false };
  };

  return { readPage, readAll };
}

function writeQuery(
  { filter }: Question,
  include: readonly AssignmentInclude[],
  offset: number,
  limit: number,
): string {
  const asked = new Set(include);
  // An assignment has no organisation of its own: only its role leads there.
  if (asked.has('organisation')) asked.add('role');
  const parameters = [`limit=${limit}`, `offset=${offset}`];
  if (asked.size > 0) parameters.push(`include=${[...asked].sort().join(',')}`);
  if (filter !== '') parameters.push(`filter=${filter}`);
  return parameters.join('&');
}
