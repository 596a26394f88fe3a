import { type Awaitable, whenThere } from '../src/domain/awaitable.ts';
import type { Employee } from '../src/domain/employee.ts';
import type { Upstream } from '../src/domain/upstream.ts';
import type { View } from '../src/loaders/view.ts';
import type { Context } from './context.ts';
import { hireDateOf, jobPositionIn } from './employee.ts';
import type { CheckedFilter } from './employee-filter.ts';

export type Condition = {
  /** Whose linked record decides: unknown for a person whose link to it is contested. Null: the leading record. */
  readonly decidedBy: Upstream | null;
  holds(employee: Employee): boolean;
};

/**
 * The conditions of a filter, each evaluated on linked records. A contested link matches no condition and fails none.
 * An upstream that cannot be used fails the whole list, because a partly applied filter gives a wrong result. Throws
 * UPSTREAM_NOT_CONFIGURED, and the errors of upstreams.
 */
export function conditionsOf(filter: CheckedFilter, view: View, { loaders }: Context): Awaitable<Condition[]> {
  const { professionIds, minRank } = filter;
  const needsRows = professionIds !== undefined || minRank !== undefined;
  const qualifications = needsRows ? loaders.rows('jobQualifications') : null;
  return whenThere(qualifications, (rows) => {
    const matching = rows?.filter(
      (row) =>
        (filter.jobQualificationIds?.includes(row.luccaId) ?? true) &&
        (professionIds === undefined || (row.professionId !== null && professionIds.includes(row.professionId))) &&
        (minRank === undefined || row.rank >= minRank),
    );
    const ids = matching?.map((row) => row.luccaId) ?? filter.jobQualificationIds;
    return [
      ...ofLead(filter, view),
      ...ofNaver(filter, view),
      ...ofCtrlHub(filter, view),
      ...ofQualification(ids, view),
      ...ofHireDate(filter, view),
    ];
  });
}

const ofLeading = (holds: Condition['holds']): Condition => ({ decidedBy: null, holds });

function ofLead({ search, emails, status }: CheckedFilter, view: View): Condition[] {
  const conditions: Condition[] = [];
  const { directory } = view.snapshot;
  if (search !== undefined) conditions.push(ofLeading((employee) => directory.matchesSearch(employee, search)));
  if (emails !== undefined) {
    const holders = new Set(
      emails.flatMap((email) => {
        const { leading, former } = directory.addressed(email);
        return [...leading, ...former];
      }),
    );
    conditions.push(ofLeading((employee) => holders.has(employee)));
  }
  if (status !== undefined) {
    view.require('LUCCA');
    const wanted = new Set(status);
    conditions.push(
      ofLeading(({ links }) => {
        const found = links.LUCCA?.record.status ?? null;
        return found !== null && wanted.has(found);
      }),
    );
  }
  return conditions;
}

/** A person without a key never matches. */
const isAmong = (wanted: ReadonlySet<string>, key: string | null | undefined): boolean =>
  key != null && wanted.has(key);

function ofNaver({ gradeKeys, positionKeys }: CheckedFilter, view: View): Condition[] {
  const conditions: Condition[] = [];
  if (gradeKeys !== undefined) {
    const wanted = new Set(gradeKeys);
    conditions.push({ decidedBy: 'NAVER', holds: ({ links }) => isAmong(wanted, links.NAVER?.record.gradeKey) });
  }
  if (positionKeys !== undefined) {
    const wanted = new Set(positionKeys);
    conditions.push({ decidedBy: 'NAVER', holds: ({ links }) => isAmong(wanted, links.NAVER?.record.positionKey) });
  }
  if (conditions.length > 0) view.requireLinksTo('NAVER');
  return conditions;
}

function ofCtrlHub({ jobRoleIds, assignmentType }: CheckedFilter, view: View): Condition[] {
  if (jobRoleIds === undefined && assignmentType === undefined) return [];
  view.requireLinksTo('CTRL_HUB');
  const roles = jobRoleIds && new Set(jobRoleIds);
  const holders = new Set<string>();
  for (const { roleId, type, userId } of view.assignments.all) {
    const isWanted = (roles?.has(roleId) ?? true) && (assignmentType === undefined || type === assignmentType);
    if (isWanted) holders.add(userId);
  }
  const holds: Condition['holds'] = ({ links }) =>
    links.CTRL_HUB !== undefined && holders.has(links.CTRL_HUB.record.ctrlHubId);
  return [{ decidedBy: 'CTRL_HUB', holds }];
}

function ofQualification(ids: readonly string[] | undefined, view: View): Condition[] {
  if (ids === undefined) return [];
  view.require('LUCCA');
  const wanted = new Set(ids);
  return [ofLeading((employee) => isAmong(wanted, jobPositionIn(employee, view)?.jobQualificationId))];
}

/** The range includes both ends. */
function ofHireDate({ hiredFrom, hiredUntil }: CheckedFilter, view: View): Condition[] {
  if (hiredFrom === undefined && hiredUntil === undefined) return [];
  if (view.isConfigured('NAVER')) view.requireLinksTo('NAVER');
  const holds: Condition['holds'] = (employee) => {
    const date = hireDateOf(employee, view);
    return (
      date !== null &&
      (hiredFrom === undefined || date >= hiredFrom) &&
      (hiredUntil === undefined || date <= hiredUntil)
    );
  };
  return [{ decidedBy: 'NAVER', holds }];
}
