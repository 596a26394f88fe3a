import { UpstreamError } from '../errors.ts';
import { type Deadline, pause } from './deadline.ts';
import type { RequestContext } from './request-context.ts';

const maxRetries = 2;
const firstDelayMs = 100;

export type RetryOptions = {
  context: RequestContext;
  deadline: Deadline;
  /** Whether a retry could be sent now. */
  mayRepeat: () => boolean;
};

/**
 * Retries transient failures, at most twice, with full jitter or after the upstream's Retry-After; never if that time
 * ends after the deadline. Our own code, because cockatiel's pauses cannot be cancelled.
 */
export async function withRetries<T>(
  { context, deadline, mayRepeat }: RetryOptions,
  run: () => Promise<T>,
): Promise<T> {
  for (let retries = 0; ; retries += 1) {
    try {
      return await run();
    } catch (error) {
      const isTransient = error instanceof UpstreamError && error.isTransient;
      if (!isTransient || retries === maxRetries || !mayRepeat()) throw error;
      const namedMs = (error.retryAfterSeconds ?? 0) * 1000;
      if (namedMs >= deadline.remainingMs) throw error;
      const pausedAt = performance.now();
      await pause(namedMs > 0 ? namedMs : Math.random() * firstDelayMs * 2 ** (retries + 1), context);
      context.activity.waited(error.upstream, 'pause before a repeat', pausedAt);
    }
  }
}
