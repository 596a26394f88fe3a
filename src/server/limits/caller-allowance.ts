import type { Viewer } from '../../../resolvers/context.ts';
import type { Allowance } from '../../http/allowance.ts';
import { refusal } from '../refusal.ts';

/** Counts one request of a caller. Throws RATE_LIMITED if the caller exceeds the limit. */
export type SpendAllowance = (viewer: Viewer | undefined) => Promise<void>;

/** Counts the requests of a caller over all replicas. Rejects while the store is unreachable. */
export type SharedCounts = {
  replicas: number;
  /** Prefix of the names of the counters. */
  prefix: string;
  /** Runs a Lua script. */
  eval(script: string, options: { keys: string[]; arguments: string[] }): Promise<unknown>;
};

/**
 * Limits the requests of each caller; null sets no limit. All replicas count together. While they cannot, each replica allows
 * its share. Without `shared`, this process counts alone.
 */
export function createCallerAllowance(allowance: Allowance | null, shared: SharedCounts | null): SpendAllowance {
  if (allowance === null) return async () => {};
  const { count, seconds } = allowance;
  // Loaded on demand: not every deployment limits its callers, and the library brings clients of a dozen databases.
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
      throw refusal(`This caller may send at most ${count} requests in ${seconds} seconds.`, {
        code: 'RATE_LIMITED',
        status: 429,
        headers: { 'Retry-After': String(retryAfterSeconds) },
        details: { retryAfterSeconds },
      });
    }
  };
}
