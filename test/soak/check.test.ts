import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCompany } from '../../src/sandbox/company/company.ts';
import { ask } from '../fleet/load.ts';
import { startGraph, type TestGraph } from '../helpers/graph.ts';
import { check } from './check.ts';
import { assignmentType, type History, numbered, watchHistory } from './history.ts';
import { type Read, readsOf, targetsIn } from './operations.ts';
import { resultOf, writesOf } from './writes.ts';

const company = createCompany({ people: 200 });
const targets = targetsIn(company);
const reads = readsOf(company, targets);
const writes = writesOf(company, targets);
const freshSeconds = 5;

let graph: TestGraph;
let history: History;
beforeAll(async () => {
  graph = await startGraph({ company, env: { CACHE_FRESH_SECONDS: String(freshSeconds) } });
  history = watchHistory(company);
});
afterAll(() => graph.stop());

async function textOf(body: string): Promise<string> {
  const outcome = await ask(graph.url, body, 'kept');
  if ('lost' in outcome) throw new Error(outcome.lost);
  return outcome.text;
}
const verdictOn = (text: string, read: Read) => check(text, read, { history, receivedAt: Date.now(), freshSeconds });
const readNamed = (name: string): Read => {
  const found = reads.find((it) => it.body.includes(`query ${name}`));
  if (found === undefined) throw new Error(`Nothing reads ${name}.`);
  return found;
};
const write = async (it: ReturnType<typeof writes.rename>) => {
  const from = Date.now();
  return resultOf(await textOf(it.body), it, history, { from, until: Date.now() });
};

describe('the soak', () => {
  it('reads everything that it knows the truth of, about twenty people', async () => {
    expect(targets).toHaveLength(20);
    expect(new Set(reads.map((it) => it.body)).size).toBe(5 + targets.length);
    for (const read of reads) expect(verdictOn(await textOf(read.body), read)).toBe('right');
  });

  it('takes what is written for right, and no older value once it must be known', async () => {
    const ladder = readNamed('Ladder');
    const before = await textOf(ladder.body);
    expect(await write(writes.rename(1))).toBe('done');
    expect(await write(writes.assign(2))).toBe('done');
    const after = await textOf(ladder.body);
    expect(after).toContain('#1');
    expect(verdictOn(after, ladder)).toBe('right');
    // What was asked before may be older, as it says; that it is as new as the other, it may not say.
    expect(verdictOn(before, ladder)).toBe('right');
    const asOf = /"NAVER":\{"asOf":"([^"]+)"/;
    const later = new Date(Date.now() + 1_000).toISOString();
    expect(verdictOn(before.replace(asOf, `"NAVER":{"asOf":"${later}"`), ladder)).toHaveProperty('wrong');
    for (const name of ['FullJoin', 'RoleBoard']) {
      const text = await textOf(readNamed(name).body);
      expect(text).toContain(assignmentType(2));
      expect(verdictOn(text, readNamed(name))).toBe('right');
      expect(verdictOn(text.replaceAll(assignmentType(2), assignmentType(3)), readNamed(name))).toHaveProperty('wrong');
    }
  });

  it.each([
    ['a value that is not true', (text: string) => text.replace('"status":"ACTIVE"', '"status":"UPCOMING"')],
    ['a person too many', (text: string) => text.replace('"nodes":[', '"nodes":[null,')],
    ['a null without an error', (text: string) => text.replace(/"grade":\{[^}]*\}/, '"grade":null')],
    [
      'a name that was never written',
      (text: string) => text.replace(/("grade":\{[^}]*"name":")([^"]+)/, `$1${numbered('$2', 99)}`),
    ],
    ['a code of ours', (text: string) => text.replaceAll('"CONFLICT"', '"INTERNAL_SERVER_ERROR"')],
    ['data that is older than any window', (text: string) => text.replace(/"asOf":"\d{4}/g, '"asOf":"2020')],
  ])('finds %s', async (_, tamper) => {
    const join = readNamed('FullJoin');
    const text = await textOf(join.body);
    expect(verdictOn(text, join)).toBe('right');
    expect(tamper(text)).not.toBe(text);
    expect(verdictOn(tamper(text), join)).toHaveProperty('wrong');
  });

  it('tells a part that an upstream cannot give from a wrong one', async () => {
    const person = readNamed('PersonJoin');
    const text = await textOf(person.body);
    const error = { message: 'down', path: ['employee', 'grade'], extensions: { code: 'UPSTREAM_UNAVAILABLE' } };
    const without = text
      .replace(/"grade":\{[^}]*\}/, '"grade":null')
      .replace(/^\{/, `{"errors":[${JSON.stringify(error)}],`);
    expect(verdictOn(without, person)).toBe('told');
    expect(verdictOn(without.replace('"status":"ACTIVE"', '"status":"UPCOMING"'), person)).toHaveProperty('wrong');
  });

  it('does not take a write for done that was not', async () => {
    const from = Date.now();
    const text = await textOf(writes.rename(4).body);
    const window = { from, until: Date.now() };
    expect(resultOf(text, writes.rename(4), history, window)).toBe('done');
    expect(resultOf(text, writes.rename(5), history, window)).toHaveProperty('wrong');
  });

  it('never assigns more than its reads show, however long it runs', async () => {
    const isAssign = ({ body }: { body: string }) => body.includes('createJobRoleAssignment');
    const assigns = Array.from({ length: 500 }, (_, index) => writes.next(25 * (index + 1))).filter(isAssign);
    expect(assigns.length).toBeGreaterThan(100);
    for (const it of assigns) expect(await write(it)).toBe('done');
    for (const read of reads) expect(verdictOn(await textOf(read.body), read)).toBe('right');
  }, 60_000);
});
