import { parseNodeId } from '../domain/node-id.ts';
import type { CtrlHubUser } from '../domain/people.ts';
import { upstreams } from '../domain/upstream.ts';
import { type Lists, type PeopleListName, peopleListNames, upstreamOf } from './list-names.ts';
import { identifiersIn, identifiersOf, upstreamOfIdentifier } from './people-sources.ts';
import { type Trace, traceOf, tracesOf, tracesOfMapping } from './person-traces.ts';
import type { CachedLists, UpstreamData } from './upstream-data.ts';

/**
 * Erases a person from all lists that were read or are being read, from their pages and ETags, and from the snapshot, and
 * returns how many records that were. They are named by an e-mail address, by the graph's id, or by an upstream's
 * identifier, whichever upstream's it is: records under other identifiers of theirs go as well. Where two people share
 * one, both are erased. Erasing too much costs a reading later, erasing too little would break a promise.
 */
export async function erasePerson(data: UpstreamData, person: string): Promise<number> {
  const { lists, mapping } = data;
  const records = peopleListNames.flatMap((name) => tracesIn(name, lists));
  const traces = allTracesOf(namesOf(person), [...records, ...mapping.rows.map(tracesOfMapping)]);
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
  return records.filter(isTheirs).length;
}

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
