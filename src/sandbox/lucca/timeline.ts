import type { LuccaData, LuccaEmployeeRow, LuccaJobPositionRow } from '../company/data.ts';
import { dayBefore } from './dates.ts';

export type LuccaEmploymentRow = LuccaData['employments'][number];
export type Status = 'active' | 'upcoming' | 'deactivated';
type PositionAttribute = 'jobTitle' | 'jobQualification' | 'department';

type Period = { startsOn: string; endsOn: string | null };

/** Facts that Lucca computes from dates: who is employed, in which position, and from when to when. */
export type Timeline = {
  statusOf(period: Period): Status;
  statusOfEmployee(employee: LuccaEmployeeRow): Status;
  applicableEmployment(employee: LuccaEmployeeRow): LuccaEmploymentRow | undefined;
  applicableJobPosition(employee: LuccaEmployeeRow): LuccaJobPositionRow | undefined;
  statusOfJobPosition(position: LuccaJobPositionRow): Status;
  endOfJobPosition(position: LuccaJobPositionRow): string | null;
  changedSincePreviousPosition(position: LuccaJobPositionRow): PositionAttribute[];
};

/** Evaluates the data as of `today` (YYYY-MM-DD). Indexes are built on first use. */
export function readTimeline(data: LuccaData, today: string): Timeline {
  const employments = once(() => Map.groupBy(data.employments, (it) => it.employeeId));
  const employmentById = once(() => new Map(data.employments.map((employment) => [employment.id, employment])));
  const positions = once(() => Map.groupBy(data.jobPositions, (it) => it.employeeId));
  const positionsOf = (employeeId: string) => positions().get(employeeId) ?? [];

  const statusOf = ({ startsOn, endsOn }: Period): Status => {
    if (startsOn > today) return 'upcoming';
    return endsOn === null || endsOn >= today ? 'active' : 'deactivated';
  };

  const applicableEmployment = (employee: LuccaEmployeeRow) =>
    applicableOf(employments().get(employee.id) ?? [], statusOf);

  /** The day before the next position of the same employment, else the end of the employment. */
  const endOfJobPosition = ({ employeeId, employmentId, startsOn }: LuccaJobPositionRow): string | null => {
    const siblings = positionsOf(employeeId).filter((position) => position.employmentId === employmentId);
    const next = siblings.filter((position) => position.startsOn > startsOn).sort(byStart)[0];
    return next ? dayBefore(next.startsOn) : (employmentById().get(employmentId)?.endsOn ?? null);
  };

  const statusOfJobPosition = (position: LuccaJobPositionRow) =>
    statusOf({ startsOn: position.startsOn, endsOn: endOfJobPosition(position) });

  return {
    statusOf,
    applicableEmployment,
    endOfJobPosition,
    statusOfJobPosition,
    applicableJobPosition: (employee) => applicableOf(positionsOf(employee.id), statusOfJobPosition),
    // The status of a person without any employment is not documented: deactivated is assumed.
    statusOfEmployee: (employee) => {
      const employment = applicableEmployment(employee);
      return employment ? statusOf(employment) : 'deactivated';
    },
    changedSincePreviousPosition: (position) => {
      const earlier = positionsOf(position.employeeId).filter((other) => other.startsOn < position.startsOn);
      const previous = earlier.sort(byStart).at(-1);
      return previous ? changesBetween(previous, position) : [];
    },
  };
}

/** The current one, else the next one, else the last one (Lucca, Employee: applicableEmployment). */
function applicableOf<T extends { startsOn: string }>(periods: T[], statusOf: (period: T) => Status): T | undefined {
  const inOrder = periods.toSorted(byStart);
  return (
    inOrder.find((period) => statusOf(period) === 'active') ??
    inOrder.find((period) => statusOf(period) === 'upcoming') ??
    inOrder.at(-1)
  );
}

function changesBetween(previous: LuccaJobPositionRow, position: LuccaJobPositionRow): PositionAttribute[] {
  const changes: [PositionAttribute, boolean][] = [
    ['jobTitle', previous.jobTitle !== position.jobTitle],
    ['jobQualification', previous.jobQualificationId !== position.jobQualificationId],
    ['department', previous.departmentId !== position.departmentId],
  ];
  return changes.filter(([, hasChanged]) => hasChanged).map(([attribute]) => attribute);
}

const byStart = (a: { startsOn: string }, b: { startsOn: string }): number => (a.startsOn < b.startsOn ? -1 : 1);

function once<T>(compute: () => T): () => T {
  let computed: { value: T } | undefined;
  return () => {
    computed ??= { value: compute() };
    return computed.value;
  };
}
