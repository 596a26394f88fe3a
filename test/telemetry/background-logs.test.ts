import { afterEach, describe, expect, it } from 'vitest';
import { type GraphOptions, startGraph, type TestGraph } from '../helpers/graph.ts';
import { ManualClock } from '../helpers/manual-clock.ts';
import { linesOf } from './log-lines.ts';

let graph: TestGraph | null = null;
afterEach(async () => {
  await graph?.stop();
  graph = null;
});
const start = async (options: GraphOptions): Promise<TestGraph> => {
  graph = await startGraph({ people: 20, ...options });
  return graph;
};

const people = '{ employees { nodes { identities { upstream } } } }';
const ask = (running: TestGraph, document: string) => running.query(document, {}, { 'x-request-id': 'long-ago' });

describe('A renewal in the background', () => {
  it('is in no log line a part of the operation that has set it off', async () => {
    const clock = new ManualClock();
    const running = await start({ clock, env: { LOG_LEVEL: 'debug' } });
    running.sandbox.naver.inject({ times: 100_000, reply: { status: 500 } });
    clock.skip(20);
    running.log.length = 0;
    expect((await ask(running, people)).errors).toEqual([]);
    await expect.poll(() => linesOf(running.log, 'an upstream failed').length, { timeout: 30_000 }).toBe(1);
    const [line] = linesOf(running.log, 'an upstream failed');
    expect(line).toMatchObject({ upstream: 'NAVER' });
    expect(line?.requestId).toBeUndefined();
  });

  it('is in none either when a timer set by the operation repeats it', async () => {
    const running = await start({
      waitsForDirectory: false,
      env: { LOG_LEVEL: 'debug' },
      prepare: ({ naver }) => naver.inject({ times: 100_000, reply: { status: 404 } }),
    });
    await expect.poll(() => linesOf(running.log, 'an upstream failed').length, { timeout: 30_000 }).toBe(1);
    // This operation waits for a reading of its own, which fails.
    expect((await ask(running, '{ employees { nodes { grade { name } } } }')).errors).not.toEqual([]);
    const since = running.log.length;
    const later = () => linesOf(running.log.slice(since)).filter(({ msg }) => msg.startsWith('an upstream '));
    await expect.poll(() => later().length, { timeout: 60_000 }).toBeGreaterThan(0);
    expect(later().flatMap(({ requestId }) => requestId ?? [])).toEqual([]);
  });
});
