import { describe, expect, it } from 'vitest';
import { readConfig } from '../src/config/config.ts';
import { everything, problemsOf } from './config-fixture.ts';

const url = 'rediss://people:redis-hush@redis.example:6380/2';

describe('the settings of replicas', () => {
  it('are of one process by itself unless set', () => {
    expect(readConfig(everything).fleet).toEqual({ replicas: 1, redis: null });
  });

  it('lead to Redis with whatever its address holds, and to the secret that others have', () => {
    const { fleet } = readConfig({
      ...everything,
      REDIS_URL: url,
      REPLICAS: '20',
      REDIS_TIMEOUT_MILLISECONDS: '80',
      HR_GRAPH_OTHER_SECRET: 'another-secret!!',
    });
    expect(fleet).toEqual({ replicas: 20, redis: { url, timeoutMs: 80, otherSecret: 'another-secret!!' } });
    expect(readConfig({ ...everything, REDIS_URL: 'redis://127.0.0.1' }).fleet.redis).toEqual({
      url: 'redis://127.0.0.1',
      timeoutMs: 50,
      otherSecret: null,
    });
  });

  it('are problems where they cannot be used, and the address is never shown', () => {
    for (const wrong of ['http://:redis-hush@redis.example', 'redis-hush', 'redis://redis.example/redis-hush']) {
      const [problem = ''] = problemsOf({ ...everything, REDIS_URL: wrong });
      expect(problem).toMatch(/^REDIS_URL: expected an address such as redis:/);
      expect(problem).not.toContain('hush');
    }
    expect(problemsOf({ ...everything, REPLICAS: '0' })).toEqual([
      'REPLICAS: expected a whole number from 1 to 1000, got "0"',
    ]);
    expect(problemsOf({ ...everything, HR_GRAPH_OTHER_SECRET: 'another-secret!!' })).toEqual([
      'HR_GRAPH_OTHER_SECRET: expected no value, because REDIS_URL is not set, and nothing else would use it',
    ]);
    expect(problemsOf({ ...everything, REDIS_UR: url })).toEqual(['REDIS_UR: no such variable; is REDIS_URL meant?']);
  });
});
