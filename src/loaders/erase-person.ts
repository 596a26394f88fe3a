import { hash, randomBytes } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { parseNodeId } from '../domain/node-id.ts';
import type { CtrlHubUser } from '../domain/people.ts';
import { type Upstream, upstreams } from '../domain/upstream.ts';
import type { IdentityMapping } from '../identity/mapping.ts';
import type { CachedLists } from './cached-lists.ts';
import { type Lists, type PeopleListName, peopleListNames, upstreamOf } from './list-names.ts';
import { identifiersIn, identifiersOf, upstreamOfIdentifier } from './people-sources.ts';
import { type Trace, traceOf, tracesOf, tracesOfMapping } from './person-traces.ts';
import type { Erasure, WriteRecord } from './write-record.ts';

type HeldData = {
  lists: CachedLists;
  mapping: IdentityMapping<Upstream>;
  announce(record: WriteRecord): Promise<unknown>;
};

/**
 * Erases a person from all lists that were read or are being read, from their pages and ETags, and from the snapshot, here
 * and in all processes that share the lists, and returns how many records that were here. They are named by an e-mail
 * address, by the graph's id, or by an upstream's identifier, whichever upstream's it is: records under other identifiers
 * of theirs go as well. Where two people share one, both are erased. Erasing too much costs a reading later, erasing too
 * little would break a promise.
 */
export async function erasePerson(data: HeldData, person: string): Promise<number> {
  const records = recordsIn(data.lists);
  const traces = allTracesOf(namesOf(person), [...records, ...mappingTraces(data.mapping)]);
  const salt = randomBytes(16).toString('base64url');
  await data.announce({ kind: 'erase', salt, digests: [...traces].map((trace) => digestOf(salt, trace)) });
  return records.filter((found) => found.some((trace) => traces.has(trace))).length;
}

/** Erases a person from what this process holds, by what it knows of their records. */
export async function eraseHere(
  lists: CachedLists,
  mapping: IdentityMapping<Upstream>,
  { salt, digests }: Erasure,
): Promise<void> {
  const traces = await tracesBehind(new Set(digests), salt, lists, mappingTraces(mapping));
  const isTheirs = (found: readonly Trace[]): boolean => found.some((trace) => traces.has(trace));
  const isTheirUser = (user: CtrlHubUser): boolean => isTheirs(tracesOf(identifiersOf('CTRL_HUB', user)));

  async function eraseFrom<N extends PeopleListName>(name: N): Promise<void> {
    await lists[name]?.erase((list: Lists[N]) => ({
      ...list,
      rows: list.rows.filter((row) => !isTheirs(tracesOf(identifiersIn[name](row)))),
      // That a row could not be used is nobody's; its key may be theirs.
      skipped: list.skipped.map((row) => (isTheirs(traceOf(upstreamOf(name), row.key)) ? { ...row, key: null } : row)),
      // The pages that the list came in hold the same rows: the next reading gets none of them by a 304.
      ...('read' in list && { read: [] }),
      ...('users' in list && { users: list.users.filter((user) => !isTheirUser(user)) }),
    }));
  }

  await Promise.all(peopleListNames.map((name) => eraseFrom(name)));
}

const recordsPerTurn = 500;

/** The traces that have these digests, with all that lead on from them in records that are here. */
async function tracesBehind(
  digests: ReadonlySet<string>,
  salt: string,
  lists: CachedLists,
  mapped: readonly Trace[][],
): Promise<ReadonlySet<Trace>> {
  for (;;) {
    const held = valuesOf(lists);
    const records = [...recordsIn(lists), ...mapped];
    const names: Trace[] = [];
    for (const [index, record] of records.entries()) {
      if (index % recordsPerTurn === recordsPerTurn - 1) await nextTurn();
      names.push(...record.filter((trace) => digests.has(digestOf(salt, trace))));
    }
    // Another reading may have ended meanwhile.
    if (valuesOf(lists).every((value, index) => value === held[index])) return allTracesOf(names, records);
  }
}

const valuesOf = (lists: CachedLists): unknown[] => peopleListNames.map((name) => lists[name]?.current?.value);

const digestOf = (salt: string, trace: Trace): string => hash('sha256', `${salt} ${trace}`, 'base64url');

const mappingTraces = (mapping: IdentityMapping<Upstream>): Trace[][] => mapping.rows.map(tracesOfMapping);

const recordsIn = (lists: CachedLists): Trace[][] => peopleListNames.flatMap((name) => tracesIn(name, lists));

/** Of everything that a list holds of people. */
function tracesIn<N extends PeopleListName>(name: N, lists: CachedLists): Trace[][] {
  const list = lists[name]?.current?.value;
  if (list === undefined) return [];
  const users = 'users' in list ? list.users : [];
  return [
    ...list.rows.map((row) => tracesOf(identifiersIn[name](row))),
    ...users.map((user) => tracesOf(identifiersOf('CTRL_HUB', user))),
  ];
}

/** What a text that names a person can stand for. */
function namesOf(person: string): Trace[] {
  const node = parseNodeId(person.trim());
  const id = node?.type === 'Employee' ? node.key : '';
  const upstream = upstreamOfIdentifier(id);
  if (upstream !== undefined) return traceOf(upstream, id.slice(id.indexOf(':') + 1));
  return (['email', 'remote id', 'number', ...upstreams] as const).flatMap((kind) => traceOf(kind, person));
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
