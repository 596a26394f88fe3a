import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHrGraphClient, freshnessOf } from '../../src/client/client.ts';
import { startGraph, type TestGraph } from '../helpers/graph.ts';
import { ManualClock } from '../helpers/manual-clock.ts';

describe('freshnessOf', () => {
  const clock = new ManualClock();
  let graph: TestGraph;
  beforeAll(async () => {
    // Cached responses go by the machine's own clock.
    graph = await startGraph({ clock, env: { CACHE_ANSWERS: 'off' } });
  });
  afterAll(() => graph.stop());

  const read = async () => freshnessOf(await createHrGraphClient({ url: graph.url }).gradesToEdit());

  it('tells since when each upstream’s part of an answer is known, and how much of it is unreadable', async () => {
    const before = clock.now();
    const known = await read();
    expect([...known.keys()].sort()).toEqual(['LUCCA', 'NAVER']);
    expect(known.get('NAVER')).toEqual({ asOf: expect.any(Date), failure: null, skippedRows: 1, contested: 0 });
    expect(known.get('LUCCA')?.asOf.getTime()).toBeLessThanOrEqual(before);
  });

  it('tells why older data has served', async () => {
    const { asOf } = (await read()).get('NAVER') ?? {};
    graph.sandbox.naver.inject({ times: 99, reply: { status: 503 } });
    clock.skip(400);
    expect((await read()).get('NAVER')).toEqual({
      asOf,
      failure: 'UPSTREAM_UNAVAILABLE',
      skippedRows: 1,
      contested: 0,
    });
  });

  it('is empty for what is no answer, and passes over what it does not know', () => {
    for (const it of [null, undefined, 'text', {}, { extensions: { upstreams: [] } }]) {
      expect(freshnessOf(it).size).toBe(0);
    }
    const upstreams = {
      LUCCA: { asOf: '2026-01-02T03:04:05.000Z', failure: 'OF_A_NEWER_SERVER', contested: 3 },
      NAVER: { asOf: 'soon' },
      OTHER: { asOf: '2026-01-02T03:04:05.000Z' },
    };
    expect([...freshnessOf({ extensions: { upstreams } })]).toEqual([
      ['LUCCA', { asOf: new Date('2026-01-02T03:04:05.000Z'), failure: 'UNKNOWN', skippedRows: 0, contested: 3 }],
    ]);
  });
});
