import { parseNodeId } from '../domain/node-id.ts';
import { digestEmail, parsePersonId } from '../identity/person-id.ts';
import type { IdentityConfig } from './directories.ts';
import type { Memory } from './memory.ts';
import { identifierIn, type Trace, traceOf, tracesIn, tracesOfRow } from './person-traces.ts';

/**
 * Drops every remembered answer that mentions a person, and tells how many. They are named by an e-mail address, by the
 * graph's id, or by an upstream's identifier, whichever upstream's it is: all that is remembered under other identifiers
 * of theirs goes as well. Where two people share one, both are forgotten. Forgetting too much costs a request later,
 * forgetting too little would break a promise.
 */
export function forgetPerson(memory: Memory, identity: IdentityConfig, person: string): number {
  const remembered = memory.kept().flatMap(tracesIn);
  const records = [...remembered, ...identity.mapping.rows.map(tracesOfRow)];
  const traces = allTracesOf(namesOf(person, records, identity.secret), records);
  // Questions are remembered with their answers: an address may have been asked for without finding anybody.
  const quoted = [...traces].map((it) => JSON.stringify(identifierIn(it)).toLowerCase());
  const mentions = (answer: unknown, key: string) =>
    quoted.some((it) => key.toLowerCase().includes(it)) ||
    tracesIn(answer)
      .flat()
      .some((it) => traces.has(it));

  const dropped = memory.forgetWhere(mentions);
  // What was searched for may be anybody's name.
  memory.forgetWhere((_, key) => key.includes('"search":'));
  return dropped;
}

/** What a text that names a person can stand for. */
function namesOf(person: string, records: readonly Trace[][], secret: string): Trace[] {
  const node = parseNodeId(person.trim());
  const key = node?.type === 'Employee' ? parsePersonId(node.key) : null;
  switch (key?.kind) {
    case 'LUCCA':
      return [traceOf('lucca', key.luccaId)];
    case 'NAVER':
      return [traceOf('naver', key.naverKey)];
    case 'CTRL_HUB':
      return [traceOf('ctrl-hub', key.ctrlHubId)];
    case 'DIGEST': {
      const emails = records.flat().filter((it) => it.startsWith('email:'));
      return emails.filter((it) => digestEmail(identifierIn(it), secret) === key.digest);
    }
    default:
      return (['email', 'lucca', 'ctrl-hub', 'naver', 'number'] as const).map((kind) => traceOf(kind, person));
  }
}

/** A record with one of a person's identifiers tells the others, by which more records are found. */
function allTracesOf(names: readonly Trace[], records: readonly Trace[][]): ReadonlySet<Trace> {
  const traces = new Set(names);
  for (let known = -1; known !== traces.size; ) {
    known = traces.size;
    for (const record of records) {
      if (record.some((it) => traces.has(it))) for (const trace of record) traces.add(trace);
    }
  }
  return traces;
}
