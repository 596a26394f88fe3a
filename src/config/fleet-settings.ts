import type { Environment } from './environment.ts';
import { anyText, type Format, wholeNumber } from './formats.ts';

/** How this process shares state with other replicas of the same deployment. */
export type FleetSettings = {
  /** The number of replicas that share the rate limits. Each uses only its share while they cannot count together. */
  replicas: number;
  /** Null: this process shares nothing. */
  redis: RedisSettings | null;
};

type RedisSettings = {
  /** redis: or rediss:. It may contain a password, so it is never shown. */
  url: string;
  /** Redis counts as away if a response takes longer. */
  timeoutMs: number;
  /** While the secret is being changed: the former or next secret, which other replicas have. */
  otherSecret: string | null;
};

const defaultTimeoutMs = 50;

export function readFleet(env: Environment): FleetSettings {
  const url = env.read('REDIS_URL', redisAddress);
  const timeoutMs = env.read('REDIS_TIMEOUT_MILLISECONDS', wholeNumber(1, 10_000)) ?? defaultTimeoutMs;
  const otherSecret = env.read('HR_GRAPH_OTHER_SECRET', anyText) ?? null;
  if (otherSecret !== null && !env.isSet('REDIS_URL')) {
    env.report(
      'HR_GRAPH_OTHER_SECRET',
      'expected no value, because REDIS_URL is not set, and nothing else would use it',
    );
  }
  const replicas = env.read('REPLICAS', wholeNumber(1, 1_000)) ?? 1;
  return { replicas, redis: url === undefined ? null : { url, timeoutMs, otherSecret } };
}

const redisAddress: Format<string> = (text) => {
  const url = URL.parse(text);
  const isRedis =
    url !== null && /^rediss?:$/.test(url.protocol) && url.hostname !== '' && /^(\/\d*)?$/.test(url.pathname);
  return isRedis
    ? { value: text }
    : {
        expected: 'an address such as redis://127.0.0.1:6379 or rediss://user:password@redis.example:6380/0',
        got: 'something else',
      };
};
