import type { Viewer } from '../../../resolvers/context.ts';
import type { Allowance } from '../../http/allowance.ts';
import { refusal } from '../refusal.ts';

/** Counts one request of a caller. Throws the refusal of one too many. */
export type SpendAllowance = (viewer: Viewer | undefined) => Promise<void>;

/** Where the requests of a caller to all replicas are counted. Rejects while that cannot be reached. */
export type SharedCounts = {
  replicas: number;
  /** Before the names of the counts. */
  prefix: string;
  /** Runs a Lua script. */
  eval(script: string, options: { keys: string[]; arguments: string[] }): Promise<unknown>;
};

/**
 * So many requests of one caller in so many seconds; null: any number. All replicas count together, and each allows its
 * part while they cannot; without `shared` this process counts for itself.
 */
export function createCallerAllowance(allowance: Allowance | null, shared: SharedCounts | null): SpendAllowance {
  if (allowance === null) return async () => {};
  const { count, seconds } = allowance;
  // Not every deployment limits its callers, and the library comes with the clients of a dozen databases.
  const loaded = import('rate-limiter-flexible').then(({ RateLimiterMemory, RateLimiterRedis, RateLimiterRes }) => {
    if (shared === null)
      return { limiter: new RateLimiterMemory({ points: count, duration: seconds }), RateLimiterRes };
    const { replicas, prefix } = shared;
    const part = Math.max(1, Math.floor(count / replicas));
    const limiter = new RateLimiterRedis({
      ...{ points: count, duration: seconds, keyPrefix: prefix, storeClient: shared, useRedisPackage: true },
      insuranceLimiter: new RateLimiterMemory({ points: part, duration: seconds }),
    });
    return { limiter, RateLimiterRes };
  });
  return async (viewer) => {
    const { limiter, RateLimiterRes } = await loaded;
    try {
      await limiter.consume(viewer?.id ?? '');
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) throw error;
      const retryAfterSeconds = Math.max(1, Math.ceil(error.msBeforeNext / 1000));
      throw refusal(`At most ${count} requests in ${seconds} seconds are answered.`, {
        code: 'RATE_LIMITED',
        status: 429,
        headers: { 'Retry-After': String(retryAfterSeconds) },
        details: { retryAfterSeconds },
      });
    }
  };
}
