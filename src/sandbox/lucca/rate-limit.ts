import { Problem } from './problems.ts';

export type RateLimit = { count: number; seconds: number };

/**
 * Counts one request, or throws 429 if it exceeds the limit. Lucca allows 50 requests per 60 s and tenant, and sends
 * Retry-After (Limits). Assumed: a sliding window, refused requests do not count, Retry-After in whole seconds.
 */
export function createRateLimiter(limit: RateLimit | null): () => void {
  if (limit === null) return () => {};
  const windowMs = limit.seconds * 1000;
  const calls: number[] = [];
  return () => {
    const now = performance.now();
    while (calls[0] !== undefined && calls[0] <= now - windowMs) calls.shift();
    if (calls.length < limit.count) return void calls.push(now);
    const waitMs = (calls[0] ?? now) + windowMs - now;
    const headers = { 'retry-after': String(Math.max(1, Math.ceil(waitMs / 1000))) };
    throw new Problem(429, `Only ${limit.count} requests are allowed per ${limit.seconds} seconds.`, { headers });
  };
}
