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

type ErasureContext = {
  lists: CachedLists;
  mapping: IdentityMapping<Upstream>;
  announce(record: WriteRecord): Promise<unknown>;
};

/**
 * Erases a person from all lists, from readings in flight, from pages and ETags, and from the snapshot, in this process
 * and in all that share the lists. Returns how many of this process's records were erased. `person` is an e-mail
 * address, an id of the graph, or an identifier of any upstream; records under the person's other identifiers are
 * erased as well. If two people share an identifier, both are erased: erasing too much costs one more reading, erasing
 * too little breaks a promise.
 */
export async function erasePerson(data: ErasureContext, person: string): Promise<number> {
  const records = recordsIn(data.lists);
  const traces = allTracesOf(namesOf(person), [...records, ...mappingTraces(data.mapping)]);
  const salt = randomBytes(16).toString('base64url');
  await data.announce({ kind: 'erase', salt, digests: [...traces].map((trace) => digestOf(salt, trace)) });
  return records.filter((record) => record.some((trace) => traces.has(trace))).length;
}

/** Erases a person from this process's lists, by the digests of their identifiers. */
export async function eraseHere(
  lists: CachedLists,
  mapping: IdentityMapping<Upstream>,
  { salt, digests }: Erasure,
): Promise<void> {
  const traces = await tracesBehind(new Set(digests), salt, lists, mappingTraces(mapping));
  const isTheirs = (record: readonly Trace[]): boolean => record.some((trace) => traces.has(trace));
  const isTheirUser = (user: CtrlHubUser): boolean => isTheirs(tracesOf(identifiersOf('CTRL_HUB', user)));

  async function eraseFrom<N extends PeopleListName>(name: N): Promise<void> {
    await lists[name]?.erase((list: Lists[N]) => ({
      ...list,
      rows: list.rows.filter((row) => !isTheirs(tracesOf(identifiersIn[name](row)))),
      // A skipped row stays as a count, but its key may identify the person.
      skipped: list.skipped.map((row) => (isTheirs(traceOf(upstreamOf(name), row.key)) ? { ...row, key: null } : row)),
      // Drops the pages, which hold the erased rows too: otherwise a 304 would bring them back in the next reading.
      ...('read' in list && { read: [] }),
      ...('users' in list && { users: list.users.filter((user) => !isTheirUser(user)) }),
    }));
  }

  await Promise.all(peopleListNames.map((name) => eraseFrom(name)));
}

const recordsPerTurn = 500;

/** The traces with these digests, and all further traces of the records that have them. */
async function tracesBehind(
  digests: ReadonlySet<string>,
  salt: string,
  lists: CachedLists,
  mapped: readonly Trace[][],
): Promise<ReadonlySet<Trace>> {
  for (;;) {
    const before = valuesOf(lists);
    const records = [...recordsIn(lists), ...mapped];
    const names: Trace[] = [];
    for (const [index, record] of records.entries()) {
      if (index % recordsPerTurn === recordsPerTurn - 1) await nextTurn();
      names.push(...record.filter((trace) => digests.has(digestOf(salt, trace))));
    }
    // Repeat if a list has changed meanwhile.
    if (valuesOf(lists).every((value, index) => value === before[index])) return allTracesOf(names, records);
  }
}

const valuesOf = (lists: CachedLists): unknown[] => peopleListNames.map((name) => lists[name]?.current?.value);

const digestOf = (salt: string, trace: Trace): string => hash('sha256', `${salt} ${trace}`, 'base64url');

const mappingTraces = (mapping: IdentityMapping<Upstream>): Trace[][] => mapping.rows.map(tracesOfMapping);

const recordsIn = (lists: CachedLists): Trace[][] => peopleListNames.flatMap((name) => tracesIn(name, lists));

/** The traces of each record in a list. */
function tracesIn<N extends PeopleListName>(name: N, lists: CachedLists): Trace[][] {
  const list = lists[name]?.current?.value;
  if (list === undefined) return [];
  const users = 'users' in list ? list.users : [];
  return [
    ...list.rows.map((row) => tracesOf(identifiersIn[name](row))),
    ...users.map((user) => tracesOf(identifiersOf('CTRL_HUB', user))),
  ];
}

/** All traces that a caller's text can mean. */
function namesOf(person: string): Trace[] {
  const node = parseNodeId(person.trim());
  const id = node?.type === 'Employee' ? node.key : '';
  const upstream = upstreamOfIdentifier(id);
  if (upstream !== undefined) return traceOf(upstream, id.slice(id.indexOf(':') + 1));
  return (['email', 'remote id', 'number', ...upstreams] as const).flatMap((kind) => traceOf(kind, person));
}

/** The transitive closure: a record with one of a person's identifiers holds others, which find more records. */
function allTracesOf(names: readonly Trace[], records: readonly Trace[][]): ReadonlySet<Trace> {
  const traces = new Set(names);
  for (let sizeBefore = -1; sizeBefore !== traces.size; ) {
    sizeBefore = traces.size;
    for (const record of records) {
      if (record.some((trace) => traces.has(trace))) for (const trace of record) traces.add(trace);
    }
  }
  return traces;
}
