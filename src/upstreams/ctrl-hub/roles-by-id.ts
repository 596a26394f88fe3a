import type { JobRoleAssignment } from '../../domain/organisation.ts';
import type { AssignmentFilter, Question } from './assignment-filter.ts';
import { type AssignmentPage, Related, toPage } from './assignment-page.ts';
import type { AssignmentInclude, AssignmentReader } from './assignment-reader.ts';

/**
 * Ctrl Hub has no list of job roles: it shows them with the assignments. Each page shows at least one role that was
 * asked for; the others are then asked for alone. That is never more requests than paging on, and far fewer where one
 * role has most of the assignments.
 */
export async function readRolesById(
  { readPage, readAll }: AssignmentReader,
  questionsFor: (filter: AssignmentFilter) => Question[],
  { ids, include, pageSize }: { ids: readonly string[]; include: readonly AssignmentInclude[]; pageSize: number },
): Promise<AssignmentPage> {
  const withRoles: readonly AssignmentInclude[] = [...include, 'role'];
  const rows: JobRoleAssignment[] = [];
  const related = new Related();
  let hasNext = false;
  let questions = questionsFor({ roleIds: ids });
  while (questions.length > 0) {
    const answers = await Promise.all(
      questions.map(async (question) => ({ question, page: await readPage(question, withRoles, 0, pageSize) })),
    );
    if (answers.some(({ question, page }) => !page.rows.every(question.isAnsweredBy))) {
      const all = await readAll(questionsFor({ roleIds: ids }), withRoles);
      return toPage(all, { total: all.rows.length, hasNext: false });
    }
    const missing: string[] = [];
    for (const { question, page } of answers) {
      rows.push(...page.rows);
      related.add(page.related);
      if (page.hasNext === false || page.rows.length === 0) continue;
      hasNext = true;
      // Also a role that is not included with its assignment: it may not be seen, and asking again shows no more of it.
      const shown = new Set(page.rows.map((it) => it.roleId));
      missing.push(...question.roleIds.filter((id) => !shown.has(id)));
    }
    questions = questionsFor({ roleIds: missing });
  }
  return toPage({ rows, related }, { total: hasNext ? null : rows.length, hasNext });
}
