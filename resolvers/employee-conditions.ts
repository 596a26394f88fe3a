import type { Employee } from '../src/domain/employee.ts';
import type { Context } from './context.ts';
import { jobPositionOf } from './employee.ts';
import { asksCtrlHub, asksNaver, type CheckedFilter } from './employee-filter.ts';

/** Tells for a person whether the conditions that one upstream decides hold. */
export type Condition = (employee: Employee) => boolean | Promise<boolean>;

const always: Condition = () => true;

/**
 * The conditions that other records than the leading one decide, each upstream asked once and all at the same time. What
 * fails fails the whole list: a filter that is applied in part is a wrong answer.
 */
export async function crossConditions(filter: CheckedFilter, context: Context): Promise<Condition[]> {
  return Promise.all([
    naverCondition(filter, context),
    ctrlHubCondition(filter, context),
    luccaCondition(filter, context),
  ]);
}

/** NAVER filters nothing: its people are read as a list, and those who match are named. */
async function naverCondition(filter: CheckedFilter, { loaders }: Context): Promise<Condition> {
  if (!asksNaver(filter)) return always;
  const [grades, positions] = [
    filter.gradeKeys && new Set(filter.gradeKeys),
    filter.positionKeys && new Set(filter.positionKeys),
  ];
  const matching = (await loaders.lists.naverPeople()).filter(
    ({ gradeKey, positionKey }) =>
      (grades === undefined || (gradeKey !== null && grades.has(gradeKey))) &&
      (positions === undefined || (positionKey !== null && positions.has(positionKey))),
  );
  return isAmong(await Promise.all(matching.map((it) => loaders.naming.ofNaver.load(it))));
}

async function ctrlHubCondition(
  { jobRoleIds, assignmentType }: CheckedFilter,
  { loaders }: Context,
): Promise<Condition> {
  if (jobRoleIds === undefined && assignmentType === undefined) return always;
  const { ctrlHub, naming } = loaders;
  const assignments = await ctrlHub.assignmentsMatching({
    ...(jobRoleIds === undefined ? {} : { roleIds: jobRoleIds }),
    ...(assignmentType === undefined ? {} : { type: assignmentType }),
  });
  const userIds = [...new Set(assignments.map((it) => it.userId))];
  const users = await Promise.all(userIds.map((id) => ctrlHub.userById.load(id)));
  return isAmong(await Promise.all(users.map((it) => it && naming.ofCtrlHubUser.load(it))));
}

/** Throws UPSTREAM_NOT_CONFIGURED without Lucca, also where nobody is left whom it could be asked about. */
async function luccaCondition(filter: CheckedFilter, context: Context): Promise<Condition> {
  const qualifications = await qualificationsMatching(filter, context);
  if (qualifications === null) return always;
  context.loaders.upstreams.client('LUCCA');
  const wanted = new Set(qualifications);
  return async (employee) => {
    const id = (await jobPositionOf(employee, context))?.jobQualificationId ?? null;
    return id !== null && wanted.has(id);
  };
}

/** The ids of the job-qualifications that fulfil all conditions on them; null where there is no such condition. */
export async function qualificationsMatching(filter: CheckedFilter, { loaders }: Context): Promise<string[] | null> {
  const { jobQualificationIds, professionIds, minRank } = filter;
  if (professionIds === undefined && minRank === undefined) return jobQualificationIds?.slice() ?? null;
  return (await loaders.lists.jobQualifications())
    .filter(
      (it) =>
        (jobQualificationIds === undefined || jobQualificationIds.includes(it.luccaId)) &&
        (professionIds === undefined || (it.professionId !== null && professionIds.includes(it.professionId))) &&
        (minRank === undefined || it.rank >= minRank),
    )
    .map((it) => it.luccaId);
}

function isAmong(people: readonly (Employee | null)[]): Condition {
  const ids = new Set(people.map((it) => it?.id));
  return (employee) => ids.has(employee.id);
}

export const spansUpstreams = (filter: CheckedFilter): boolean => asksNaver(filter) || asksCtrlHub(filter);
