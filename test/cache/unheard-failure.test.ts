import { afterEach, beforeEach, expect, it } from 'vitest';
import { startGraph, type TestGraph } from '../helpers/graph.ts';

const unheard: unknown[] = [];
const hear = (reason: unknown) => unheard.push(reason);

let graph: TestGraph;
beforeEach(async () => {
  process.on('unhandledRejection', hear);
  graph = await startGraph({ people: 20 });
});
afterEach(async () => {
  await graph.stop();
  process.off('unhandledRejection', hear);
});

/** A turn of the event loop later Node would have ended the process. */
const aTurnLater = () => new Promise((resolve) => setTimeout(resolve, 20));

it('a list that people refer to, and that cannot be read, fails its fields and does not end the process', async () => {
  const { lucca, naver } = graph.sandbox;
  lucca.inject({ times: 100, matches: ({ path }) => path.endsWith('/job-qualifications'), reply: { status: 404 } });
  naver.inject({ times: 100, matches: ({ path }) => path.endsWith('/grade'), reply: { status: 404 } });
  const { data, errors } = await graph.query('{ employees { nodes { grade { name } jobQualification { title } } } }');
  expect(data).toMatchObject({ employees: { nodes: expect.any(Array) } });
  const told = new Set(errors.map(({ extensions: { code, upstream } }) => `${upstream} ${code}`));
  expect(told).toContain('LUCCA UPSTREAM_INVALID_RESPONSE');
  expect(told).toContain('NAVER UPSTREAM_INVALID_RESPONSE');
  await aTurnLater();
  expect(unheard).toEqual([]);
});
