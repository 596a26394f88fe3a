import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startGraph, type TestGraph } from '../helpers/graph.ts';

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
const outage = { times: 999, reply: { status: 503 } };

async function probe(graph: TestGraph, path: string) {
  const response = await fetch(new URL(path, graph.url));
  return { status: response.status, body: await response.json() };
}

describe('the probes of a server that has read everybody', () => {
  let graph: TestGraph;
  beforeAll(async () => {
    graph = await startGraph({ people: 40, env: { READY_NEEDS_DIRECTORY: 'on' } });
  });
  afterAll(() => graph.stop());

  it('tell the version, and how long a turn of the event loop takes', async () => {
    expect(await probe(graph, '/healthz')).toEqual({
      status: 200,
      body: { status: 'ok', version, eventLoopDelayMilliseconds: expect.any(Number) },
    });
  });

  it('tell how each upstream is doing, and how old and complete its directory is', async () => {
    const upstream = {
      state: 'UP',
      directory: {
        isComplete: true,
        ageSeconds: expect.any(Number),
        people: expect.any(Number),
        expected: expect.any(Number),
      },
    };
    expect(await probe(graph, '/readyz')).toEqual({
      status: 200,
      body: {
        status: 'ready',
        hasDirectory: true,
        upstreams: { LUCCA: upstream, NAVER: upstream, CTRL_HUB: upstream },
      },
    });
  });

  it.each(['/healthz?verbose', '/readyz?from=balancer&x=/'])('ignore the query of %s', async (path) => {
    expect((await probe(graph, path)).status).toBe(200);
  });

  it('say that it is ready in an outage, and which upstream is down', async () => {
    const { naver } = graph.sandbox;
    naver.inject(outage);
    await graph.query('{ grades { totalCount } positions { totalCount } }');
    const { status, body } = await probe(graph, '/readyz');
    expect(status).toBe(200);
    expect(body).toMatchObject({ status: 'ready', upstreams: { NAVER: { state: 'DOWN' }, LUCCA: { state: 'UP' } } });
    naver.recover();
  });
});

describe('a server that starts in an outage', () => {
  const start = (READY_NEEDS_DIRECTORY: string) =>
    startGraph({
      people: 40,
      env: { READY_NEEDS_DIRECTORY },
      prepare: ({ naver }) => naver.inject(outage),
    });

  it('is ready to serve what it has, unless READY_NEEDS_DIRECTORY says otherwise', async () => {
    const graph = await start('off');
    const { status, body } = await probe(graph, '/readyz');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      hasDirectory: false,
      upstreams: {
        NAVER: { state: 'DOWN', directory: { isComplete: false, ageSeconds: null, people: 0 } },
        LUCCA: { state: 'UP', directory: { isComplete: true } },
      },
    });
    await graph.stop();
  });

  it('becomes ready with its first directory otherwise, without being asked for anything', async () => {
    const graph = await start('on');
    expect(await probe(graph, '/readyz')).toMatchObject({ status: 503, body: { status: 'starting' } });
    graph.sandbox.naver.recover();
    await expect.poll(() => probe(graph, '/readyz'), { timeout: 15_000, interval: 100 }).toMatchObject({ status: 200 });
    await graph.stop();
  });
});
