import type { Viewer } from '../../../resolvers/context.ts';
import type { Allowance } from '../../http/allowance.ts';
import { refusal } from '../refusal.ts';

/** Counts one request of a caller. Throws RATE_LIMITED if the caller exceeds the limit. */
export type SpendAllowance = (viewer: Viewer | undefined) => Promise<void>;

/** Where replicas count the requests of their callers. */
export type CallerCounts = {
  replicas: number;
  /** The common store, which rejects while it is unreachable; null: each replica counts alone. */
  store: {
    /** Prefix of the names of the counters. */
    prefix: string;
    /** Runs a Lua script. */
    eval(script: string, options: { keys: string[]; arguments: string[] }): Promise<unknown>;
  } | null;
};

/**
 * Limits the requests of each caller; null sets no limit. All replicas count together in the store. Without it, and while it
 * is unreachable, each replica allows its share.
 */
export function createCallerAllowance(
  allowance: Allowance | null,
  { replicas, store }: CallerCounts = { replicas: 1, store: null },
): SpendAllowance {
  if (allowance === null) return async () => {};
  const { count, seconds } = allowance;
  // Loaded on demand: not every deployment limits its callers, and the library brings clients of a dozen databases.
  const loaded = import('rate-limiter-flexible').then(({ RateLimiterMemory, RateLimiterRedis, RateLimiterRes }) => {
    const ownShare = Math.max(1, Math.floor(count / replicas));
    const own = new RateLimiterMemory({ points: ownShare, duration: seconds });
    if (store === null) return { limiter: own, RateLimiterRes };
    const limiter = new RateLimiterRedis({
      ...{ points: count, duration: seconds, keyPrefix: store.prefix, storeClient: store, useRedisPackage: true },
      insuranceLimiter: own,
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
