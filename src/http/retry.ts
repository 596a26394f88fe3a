import { DelegateBackoff, handleWhen, type RetryPolicy, retry } from 'cockatiel';
import { UpstreamError } from '../errors.ts';

const maxRetries = 2;
const firstDelayMs = 100;

/**
 * Repeats what failed in passing, at most twice, with full jitter or after the time that the upstream named; and never
 * when that time lies beyond what is left of the deadline.
 */
export function createRetry(remainingMs: () => number): RetryPolicy {
  const isWorthRepeating = (error: Error) =>
    error instanceof UpstreamError && error.isTransient && namedDelayMs(error) < remainingMs();
  return retry(handleWhen(isWorthRepeating), {
    maxAttempts: maxRetries,
    backoff: new DelegateBackoff(({ attempt, result }) => {
      const named = 'error' in result ? namedDelayMs(result.error) : 0;
      return named > 0 ? named : Math.random() * firstDelayMs * 2 ** attempt;
    }),
  });
}

const namedDelayMs = (error: Error): number =>
  error instanceof UpstreamError ? (error.retryAfterSeconds ?? 0) * 1000 : 0;
