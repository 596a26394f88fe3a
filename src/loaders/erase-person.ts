import type { SkippedRow } from '../domain/list-reading.ts';
import { parseNodeId } from '../domain/node-id.ts';
import type { AssignmentList, MemberList } from '../upstreams/ctrl-hub/client.ts';
import type { EmployeeList } from '../upstreams/lucca/client.ts';
import type { PersonList } from '../upstreams/naver/client.ts';
import {
  given,
  type Trace,
  tracesOfAssignment,
  tracesOfEmployee,
  tracesOfPerson,
  tracesOfRow,
  tracesOfUser,
} from './person-traces.ts';
import type { IdentitySettings } from './snapshot.ts';
import type { UpstreamData } from './upstream-data.ts';

/**
 * Erases a person from all lists that were read or are being read, from their pages and ETags, and from the snapshot, and
 * returns how many records that were. They are named by an e-mail address, by the graph's id, or by an upstream's
 * identifier, whichever upstream's it is: records under other identifiers of theirs go as well. Where two people share
 * one, both are erased. Erasing too much costs a reading later, erasing too little would break a promise.
 */
export async function erasePerson(data: UpstreamData, { mapping }: IdentitySettings, person: string): Promise<number> {
  const { employees, people, members, assignments } = data.lists;
  const records = recordsIn(data);
  const traces = allTracesOf(namesOf(person), [...records, ...mapping.rows.map(tracesOfRow)]);
  const isTheirs = (found: readonly Trace[]): boolean => found.some((trace) => traces.has(trace));
  const without = <Row>(rows: readonly Row[], tracesOf: (row: Row) => readonly Trace[]): readonly Row[] =>
    rows.filter((row) => !isTheirs(tracesOf(row)));
  /** That a row could not be used is nobody's; its key may be theirs. */
  const nameless = (skipped: readonly SkippedRow[], kind: 'lucca' | 'naver' | 'ctrl-hub'): readonly SkippedRow[] =>
    skipped.map((row) => (isTheirs(given([kind, row.key])) ? { ...row, key: null } : row));
  await Promise.all([
    // The pages that the list came in hold the same rows: the next reading gets none of them by a 304.
    employees?.erase(
      (list): EmployeeList => ({
        ...list,
        rows: without(list.rows, tracesOfEmployee),
        skipped: nameless(list.skipped, 'lucca'),
        read: [],
      }),
    ),
    people?.erase(
      (list): PersonList => ({
        ...list,
        rows: without(list.rows, tracesOfPerson),
        skipped: nameless(list.skipped, 'naver'),
      }),
    ),
    members?.erase(
      (list): MemberList => ({
        ...list,
        rows: without(list.rows, tracesOfUser),
        skipped: nameless(list.skipped, 'ctrl-hub'),
      }),
    ),
    assignments?.erase(
      (list): AssignmentList => ({
        ...list,
        rows: without(list.rows, tracesOfAssignment),
        users: without(list.users, tracesOfUser),
        skipped: nameless(list.skipped, 'ctrl-hub'),
      }),
    ),
  ]);
  return records.filter(isTheirs).length;
}

/** Of everything that is held of people. */
function recordsIn({ lists: { employees, people, members, assignments } }: UpstreamData): Trace[][] {
  return [
    ...(employees?.current?.value.rows ?? []).map(tracesOfEmployee),
    ...(people?.current?.value.rows ?? []).map(tracesOfPerson),
    ...(members?.current?.value.rows ?? []).map(tracesOfUser),
    ...(assignments?.current?.value.users ?? []).map(tracesOfUser),
    ...(assignments?.current?.value.rows ?? []).map(tracesOfAssignment),
  ];
}

/** What a text that names a person can stand for. */
function namesOf(person: string): Trace[] {
  const node = parseNodeId(person.trim());
  const id = node?.type === 'Employee' ? node.key : '';
  const key = id.slice(2);
  if (id.startsWith('L:')) return given(['lucca', key]);
  if (id.startsWith('N:') || id.startsWith('W:')) return given(['naver', key]);
  if (id.startsWith('C:')) return given(['ctrl-hub', key]);
  return given(['email', person], ['lucca', person], ['ctrl-hub', person], ['naver', person], ['number', person]);
}

/** A record with one of a person's identifiers holds the others, by which more records are found. */
function allTracesOf(names: readonly Trace[], records: readonly Trace[][]): ReadonlySet<Trace> {
  const traces = new Set(names);
  for (let known = -1; known !== traces.size; ) {
    known = traces.size;
    for (const record of records) {
      if (record.some((trace) => traces.has(trace))) for (const trace of record) traces.add(trace);
    }
  }
  return traces;
}
