import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hasProgram } from '../programs/programs.ts';
import { explain } from '../telemetry/explained.ts';
import { type Fleet, startFleet, until } from './fleet.ts';

describe.skipIf(!hasProgram('redis-server'))('an explanation of what another replica reads', () => {
  let fleet: Fleet;
  beforeEach(async () => {
    fleet = await startFleet({ replicas: 2, people: 20 });
  });
  afterEach(() => fleet.stop());

  it('says that it was waited for, and asked by the other one', async () => {
    const [one = expect.unreachable(), other = expect.unreachable()] = fleet.replicas;
    const { promise: asked, resolve: answer } = Promise.withResolvers<void>();
    fleet.sandbox.naver.inject({ gate: () => asked });
    fleet.forgetRequests();
    const query = '{ grades { totalCount } }';
    const begun = explain(one, query);
    await until(() => fleet.requests().NAVER.length === 1, 'the first replica asks');
    const joined = explain(other, query);
    const misses = async () => JSON.stringify((await other.query('{ upstreams { cache { misses } } }')).data);
    await until(async () => (await misses()).includes('"misses":1'), 'the second one waits');
    answer();
    const [first, second] = await Promise.all([begun, joined]);
    expect(first.explanation.upstreamRequests).toHaveLength(1);
    expect(first.explanation.lists).toMatchObject([{ list: 'grades', state: 'read' }]);
    expect(second.explanation.upstreamRequests).toEqual([]);
    expect(second.explanation.lists).toMatchObject([{ list: 'grades', state: 'replica' }]);
    expect(second.explanation.lists[0]?.waitedMs).toBeGreaterThan(0);
    expect(fleet.requests().NAVER).toHaveLength(1);
  });
});
