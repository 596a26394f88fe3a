import { afterEach, describe, expect, it } from 'vitest';
import { hasProgram } from '../programs/programs.ts';
import { figure } from '../telemetry/samples.ts';
import { type Fleet, startFleet, until } from './fleet.ts';

let fleet: Fleet;
afterEach(() => fleet.stop());

/** Of so many requests through each replica in turn, how many are answered. */
async function answered(count: number): Promise<number> {
  let granted = 0;
  for (let request = 0; request < count; request += 1) {
    for (const replica of fleet.replicas) {
      const { status } = await replica.query('{ __typename }');
      if (status === 200) granted += 1;
      else expect(status).toBe(429);
    }
  }
  return granted;
}

describe.skipIf(!hasProgram('redis-server'))('the metrics of a replica', () => {
  it('say whether it reaches Redis', async () => {
    fleet = await startFleet({ replicas: 1, env: { METRICS_PORT: '0' } });
    const redisUp = async () => figure((await fleet.replicas[0]?.metrics()) ?? '', 'hr_graph_redis_up');
    expect(await redisUp()).toBe(1);
    await fleet.redis.kill();
    await until(async () => (await redisUp()) === 0, 'the replica misses Redis');
  });
});

describe.skipIf(!hasProgram('redis-server'))('a caller of two replicas', () => {
  it('has one allowance at both, and half of it at each while Redis is gone', async () => {
    fleet = await startFleet({ replicas: 2, env: { RATE_LIMIT_PER_CALLER: '10/600' } });
    expect(await answered(8)).toBe(10);
    await fleet.redis.kill();
    await until(
      () => fleet.replicas.every(({ log }) => log.some((line) => line.includes('Redis is away'))),
      'both miss Redis',
    );
    expect(await answered(8)).toBe(10);
  });
});
