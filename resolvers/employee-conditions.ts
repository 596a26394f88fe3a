import { type Awaitable, whenLoaded } from '../src/domain/awaitable.ts';
import type { Employee } from '../src/domain/employee.ts';
import type { JobRoleAssignment } from '../src/domain/organisation.ts';
import type { NaverPerson } from '../src/domain/people.ts';
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
  return whenLoaded(qualifications, (rows) => {
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
      ...ofQualification(ids, filter.hasJobQualification, view),
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

function ofNaver({ gradeKeys, positionKeys, hasGrade, hasPosition }: CheckedFilter, view: View): Condition[] {
  const conditions = [
    ...ofKey(gradeKeys, hasGrade, (record) => record.gradeKey),
    ...ofKey(positionKeys, hasPosition, (record) => record.positionKey),
  ];
  if (conditions.length > 0) view.requireLinksTo('NAVER');
  return conditions;
}

/** Of a key in NAVER's record. People without a record there have none. */
function ofKey(
  keys: readonly string[] | undefined,
  has: boolean | undefined,
  keyOf: (record: NaverPerson) => string | null,
): Condition[] {
  const wanted = new Set(keys);
  const keyOfPerson = ({ links }: Employee) => (links.NAVER === undefined ? null : keyOf(links.NAVER.record));
  const all: Condition['holds'][] = [];
  if (keys !== undefined) all.push((employee) => isAmong(wanted, keyOfPerson(employee)));
  if (has !== undefined) all.push((employee) => (keyOfPerson(employee) !== null) === has);
  return all.map((holds) => ({ decidedBy: 'NAVER', holds }));
}

function ofCtrlHub({ jobRoleIds, assignmentType, hasJobRole }: CheckedFilter, view: View): Condition[] {
  const roles = jobRoleIds && new Set(jobRoleIds);
  const all: Condition['holds'][] = [];
  if (jobRoleIds !== undefined || assignmentType !== undefined) {
    all.push(
      holdsRole(
        view,
        ({ roleId, type }) => (roles?.has(roleId) ?? true) && (assignmentType === undefined || type === assignmentType),
      ),
    );
  }
  if (hasJobRole !== undefined) {
    const holdsAny = holdsRole(view, () => true);
    all.push((employee) => holdsAny(employee) === hasJobRole);
  }
  return all.map((holds) => ({ decidedBy: 'CTRL_HUB', holds }));
}

function holdsRole(view: View, isWanted: (assignment: JobRoleAssignment) => boolean): Condition['holds'] {
  view.requireLinksTo('CTRL_HUB');
  const holders = new Set<string>();
  for (const assignment of view.assignments.all) if (isWanted(assignment)) holders.add(assignment.userId);
  return ({ links }) => links.CTRL_HUB !== undefined && holders.has(links.CTRL_HUB.record.ctrlHubId);
}

function ofQualification(ids: readonly string[] | undefined, has: boolean | undefined, view: View): Condition[] {
  if (ids === undefined && has === undefined) return [];
  view.require('LUCCA');
  const wanted = new Set(ids);
  return [
    ofLeading((employee) => {
      const id = jobPositionIn(employee, view)?.jobQualificationId ?? null;
      return (ids === undefined || isAmong(wanted, id)) && (has === undefined || (id !== null) === has);
    }),
  ];
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
