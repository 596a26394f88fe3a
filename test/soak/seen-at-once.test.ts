import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCompany } from '../../src/sandbox/company/company.ts';
import { ask } from '../fleet/load.ts';
import { startGraph, type TestGraph } from '../helpers/graph.ts';
import { claimsOn } from './acknowledged.ts';
import { type History, watchHistory } from './history.ts';
import { MissedRedis } from './missed-redis.ts';
import { type Read, readsOf, targetsIn } from './operations.ts';
import { SeenAtOnce } from './seen-at-once.ts';
import { writesOf } from './writes.ts';

const company = createCompany({ people: 200 });
const targets = targetsIn(company);
const reads = readsOf(company, targets);
const writes = writesOf(company, targets);

let graph: TestGraph;
let history: History;
beforeAll(async () => {
  graph = await startGraph({ company });
  history = watchHistory(company);
});
afterAll(() => graph.stop());

async function textOf(body: string): Promise<string> {
  const outcome = await ask(graph.url, body, 'kept');
  if ('lost' in outcome) throw new Error(outcome.lost);
  return outcome.text;
}
const readNamed = (name: string): Read => reads.find((it) => it.body.includes(`query ${name}`)) ?? expect.unreachable();

/** Done and acknowledged at moments of our own: sent at `from`, acknowledged a second later. */
async function write({ body, number }: { body: string; number: number }, from: number): Promise<void> {
  expect(await textOf(body)).toContain('Success');
  history.acknowledge(number, { from, until: from + 1_000 });
}
const ofWrites = (name: string, text: string, sentAt: number) =>
  claimsOn(text, readNamed(name), history, sentAt).map(({ write: { number }, isShown }) => [number, isShown]);

describe('what a read of the soak owes', () => {
  it('is each write that was acknowledged before it was sent, of what it shows', async () => {
    const before = await textOf(readNamed('Ladder').body);
    expect(ofWrites('Ladder', before, 10_000)).toEqual([]);
    await write(writes.rename(1), 1_000);
    const after = await textOf(readNamed('Ladder').body);
    expect(ofWrites('Ladder', after, 10_000)).toEqual([[1, true]]);
    expect(ofWrites('Ladder', before, 10_000)).toEqual([[1, false]]);
    // It was under way when the acknowledgement came.
    expect(ofWrites('Ladder', before, 1_999)).toEqual([]);
  });

  it('is a later value just as well, and the last acknowledged one where a later was not', async () => {
    const grades = company.naver.grades.filter(({ itemUsed, externalKey }) => itemUsed && externalKey !== null).length;
    const again = writes.rename(1 + grades);
    const between = await textOf(readNamed('Ladder').body);
    expect(await textOf(again.body)).toContain('Success');
    const later = await textOf(readNamed('Ladder').body);
    for (const text of [between, later]) expect(ofWrites('Ladder', text, 10_000)).toEqual([[1, true]]);
  });

  it('is an assignment of somebody whom it shows, unless the answer says that it lacks them', async () => {
    const before = await textOf(readNamed('RoleBoard').body);
    await write(writes.assign(2), 3_000);
    const after = await textOf(readNamed('RoleBoard').body);
    expect(ofWrites('RoleBoard', after, 10_000)).toEqual([[2, true]]);
    expect(ofWrites('RoleBoard', before, 10_000)).toEqual([[2, false]]);
    const error = { message: 'down', path: ['jobRoles', 'nodes', 0, 'assignments'] };
    const told = before.replace(/^\{/, `{"errors":[${JSON.stringify(error)}],`);
    expect(ofWrites('RoleBoard', told, 10_000)).toEqual([]);
  });

  it('is nothing where a replica missed Redis from the beginning of the write to the end of the read', () => {
    const claim = (isShown: boolean) => ({ write: { number: 9, from: 2_000, until: 3_000 }, isShown });
    const moments = { sentAt: 4_000, receivedAt: 5_000 };
    const line = (ms: number, msg: string) => JSON.stringify({ level: 40, time: new Date(ms).toISOString(), msg });
    const away = 'Redis is away: this replica continues alone, with its share of the rate limits';
    const judged = (tell: (log: ReturnType<MissedRedis['listener']>) => void, isShown = false) => {
      const missedRedis = new MissedRedis();
      tell(missedRedis.listener());
      const seenAtOnce = new SeenAtOnce(20_000);
      seenAtOnce.note([claim(isShown)], moments);
      return seenAtOnce.judge(missedRedis);
    };
    const wrong = ['write 9 was acknowledged 1000 ms before a read without it'];
    expect(judged(() => undefined)).toEqual({ wrong, owed: 1 });
    expect(judged(() => undefined, true)).toEqual({ wrong: [], owed: 1 });
    const missed = (from: number, until: number | null) =>
      judged((log) => {
        log.line(line(from, away));
        if (until !== null) log.line(line(until, 'Redis is back'));
      });
    expect(missed(1_000, 1_999)).toEqual({ wrong, owed: 1 });
    expect(missed(5_001, null)).toEqual({ wrong, owed: 1 });
    for (const [from, until] of [
      [1_000, 2_000],
      [3_500, 3_600],
      [5_000, null],
      [1_000, null],
    ] as const) {
      expect(missed(from, until)).toEqual({ wrong: [], owed: 0 });
    }
  });

  it('is everything again once a process that missed Redis has ended', () => {
    const missedRedis = new MissedRedis();
    const log = missedRedis.listener();
    log.line(JSON.stringify({ time: new Date(1_000).toISOString(), msg: 'Redis is away: this replica goes on' }));
    const later = { from: Date.now() + 60_000, until: Date.now() + 61_000 };
    expect(missedRedis.within(later)).toBe(true);
    log.end();
    expect(missedRedis.within(later)).toBe(false);
    expect(missedRedis.count).toBe(1);
  });
});
