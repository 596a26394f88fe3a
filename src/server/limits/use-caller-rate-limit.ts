import type { Plugin } from 'graphql-yoga';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { Viewer } from '../../../resolvers/context.ts';
import type { Allowance } from '../../http/allowance.ts';
import { refusal } from '../refusal.ts';

/** So many requests of one caller in so many seconds, counted by this process alone. */
export function useCallerRateLimit({ count, seconds }: Allowance): Plugin<object, { viewer?: Viewer }> {
  const limiter = new RateLimiterMemory({ points: count, duration: seconds });
  return {
    onRequestParse: async ({ serverContext }) => {
      try {
        await limiter.consume(serverContext.viewer?.id ?? '');
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
    },
  };
}
