import type { Viewer } from '../../../resolvers/context.ts';
import type { Allowance } from '../../http/allowance.ts';
import { refusal } from '../refusal.ts';

/** Counts one request of a caller. Throws the refusal of one too many. */
export type SpendAllowance = (viewer: Viewer | undefined) => Promise<void>;

/** So many requests of one caller in so many seconds, counted by this process alone; null: any number. */
export function createCallerAllowance(allowance: Allowance | null): SpendAllowance {
  if (allowance === null) return async () => {};
  const { count, seconds } = allowance;
  // Not every deployment limits its callers, and the library comes with the clients of a dozen databases.
  const loaded = import('rate-limiter-flexible').then(({ RateLimiterMemory, RateLimiterRes }) => ({
    limiter: new RateLimiterMemory({ points: count, duration: seconds }),
    RateLimiterRes,
  }));
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
