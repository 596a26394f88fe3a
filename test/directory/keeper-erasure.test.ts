import { afterEach, beforeEach, expect, it } from 'vitest';
import { SHOWCASE_EMAIL } from '../../src/sandbox/company/company.ts';
import { startGraph, type TestGraph } from '../helpers/graph.ts';

let graph: TestGraph;
beforeEach(async () => {
  graph = await startGraph({ people: 40, env: { CACHE_FRESH_SECONDS: '3600' } });
});
afterEach(() => graph.stop());

const person = `{ employee(by: { email: "${SHOWCASE_EMAIL}" }) { displayName grade { name } } }`;
const isShown = async () => JSON.stringify((await graph.query(person)).data).includes('displayName');

it('an erased person is in no cached response', async () => {
  expect(await isShown()).toBe(true);
  graph.forgetRequests();
  expect(await isShown()).toBe(true);
  expect(Object.values(graph.requests()).flat()).toEqual([]);
  await graph.erase(SHOWCASE_EMAIL);
  expect(await isShown()).toBe(false);
});

it('an operation that began before an erasure leaves no response behind', async () => {
  graph.sandbox.naver.latencyMs = 400;
  const slow = isShown();
  await expect.poll(() => graph.requests().NAVER.some(({ target }) => target.includes('/grade'))).toBe(true);
  await graph.erase(SHOWCASE_EMAIL);
  await slow;
  expect(await isShown()).toBe(false);
});

it('those who are left keep their ids, their order and their totals', async () => {
  const everybody = '{ employees(first: 100) { totalCount nodes { id email } } }';
  const { employees } = Object((await graph.query(everybody)).data);
  await graph.erase(SHOWCASE_EMAIL);
  const after = Object((await graph.query(everybody)).data).employees;
  const others = employees.nodes.filter((it: { email: string | null }) => it.email?.toLowerCase() !== SHOWCASE_EMAIL);
  expect(after).toEqual({ totalCount: others.length, nodes: others });
  expect(others).toHaveLength(employees.nodes.length - 1);
});
