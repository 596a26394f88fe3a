import type { Absence, AbsenceReason, Candidate } from '../src/domain/absence.ts';
import { type Awaitable, whenLoaded } from '../src/domain/awaitable.ts';
import type { Connection, PageArgs } from '../src/domain/connection.ts';
import type { Employee, PeopleRecords } from '../src/domain/employee.ts';
import type { IdentityRule } from '../src/domain/identity-rule.ts';
import { toNodeId } from '../src/domain/node-id.ts';
import type { EmployeeStatus } from '../src/domain/people.ts';
import { leadOf } from '../src/domain/person.ts';
import type { Upstream } from '../src/domain/upstream.ts';
import { TooLargeError } from '../src/errors.ts';
import { absencesIn } from '../src/loaders/derived.ts';
import { isFormerRecord } from '../src/loaders/people-sources.ts';
import type { View } from '../src/loaders/view.ts';
import type { Context } from './context.ts';
import { upstreamIdOf } from './employee.ts';
import { byFamilyName } from './employee-order.ts';
import { employeeEntity } from './find-employee.ts';
import { openPage, pageOf } from './paging.ts';

/** Conditions on unlinked people, ANDed. A null or absent member is no condition. */
export type PeopleConditions = {
  status?: readonly EmployeeStatus[] | null | undefined;
  currentOnly?: boolean | null | undefined;
};

type UnlinkedArgs = PageArgs &
  PeopleConditions & {
    missingFrom?: Upstream | null | undefined;
    reasons?: readonly AbsenceReason[] | null | undefined;
  };

/** By family name, over the people of all configured upstreams. */
export async function unlinkedPeople(_: unknown, args: UnlinkedArgs, context: Context): Promise<Connection<Employee>> {
  const { missingFrom = null, reasons = null } = args;
  const page = openPage(args, scopeOf('unlinkedPeople', missingFrom, args, reasons), context);
  const view = await context.loaders.view();
  if (missingFrom !== null) view.require(missingFrom);
  const wanted = missingFrom === null ? context.loaders.data.configured : [missingFrom];
  const isWanted = personCondition(args);
  const unlinked = view.everybody.filter(
    (person) => isWanted(person) && wanted.some((upstream) => person.links[upstream] === undefined),
  );
  return pageOf(await withReasons(unlinked, wanted, reasons, view), page, byFamilyName(view), context);
}

async function withReasons(
  people: readonly Employee[],
  upstreams: readonly Upstream[],
  reasons: readonly AbsenceReason[] | null,
  view: View,
): Promise<readonly Employee[]> {
  if (reasons === null) return people;
  const absences = await absencesIn(view.snapshot);
  return people.filter((person) =>
    absences.get(person.id)?.some(({ source, reason }) => upstreams.includes(source) && reasons.includes(reason)),
  );
}

/** The scope of a list's cursors. Without conditions it is that of earlier releases, to keep older cursors valid. */
export function scopeOf(list: string, upstream: Upstream | null, args: PeopleConditions, reasons: unknown): string {
  const conditions = [args.status ?? null, args.currentOnly === true, reasons];
  const isPlain = conditions.every((condition) => condition === null || condition === false);
  return `${list} ${upstream}${isPlain ? '' : ` ${JSON.stringify(conditions)}`}`;
}

export const personCondition =
  ({ status, currentOnly }: PeopleConditions) =>
  (person: Employee): boolean =>
    (status == null || status.some((wanted) => wanted === statusOf(person))) &&
    (currentOnly !== true || !isFormerRecord(person.leads, leadOf(person)));

/** Lucca's status; null for people without a record in Lucca. */
const statusOf = ({ links }: Employee): EmployeeStatus | null => links.LUCCA?.record.status ?? null;

/** A record that may belong to the person, and the person whom it leads or is linked to. */
export type CandidateRecord = {
  upstream: Upstream;
  upstreamId: string;
  personId: string | null;
  status: EmployeeStatus | null;
};

/** Candidates in one answer: enough for a conflict of everybody in the largest supported company. */
const maxCandidates = 50_000;
const shownBy = new WeakMap<View, number>();

/**
 * Call it when they are selected. Throws TooLargeError: of hundreds of people who share an address, each has hundreds of
 * candidates, which the cost of an operation cannot foresee.
 */
export function candidatesOf(found: readonly Candidate<PeopleRecords>[], view: View): CandidateRecord[] {
  const shown = (shownBy.get(view) ?? 0) + found.length;
  shownBy.set(view, shown);
  if (shown > maxCandidates) {
    throw new TooLargeError(
      `Many people share an address or a number: expected at most ${maxCandidates} candidates in one answer, got more. Ask for fewer people at once.`,
    );
  }
  return found.map(({ source, record, person }) => ({
    upstream: source,
    upstreamId: upstreamIdOf(source, record),
    personId: person && toNodeId('Employee', employeeEntity.keyOf(person)),
    status: person && statusOf(person),
  }));
}

export type MissingLink = {
  upstream: Upstream;
  reason: AbsenceReason;
  rule: IdentityRule | null;
  candidates: CandidateRecord[];
  asOf: string;
};

/** In lead order. */
export const missingLinks = (
  employee: Employee,
  _: unknown,
  { loaders }: Pick<Context, 'loaders'>,
): Awaitable<MissingLink[]> =>
  whenLoaded(loaders.view(), async (view) => {
    view.requireEverybody();
    const absences: readonly Absence<PeopleRecords>[] = (await absencesIn(view.snapshot)).get(employee.id) ?? [];
    return absences.map(({ source, reason, rule, candidates }) => ({
      upstream: source,
      reason,
      rule,
      get candidates() {
        return candidatesOf(candidates, view);
      },
      asOf: view.asOf(source),
    }));
  });
