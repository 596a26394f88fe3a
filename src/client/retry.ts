import { ClientError } from './client-error.ts';

/** A gateway in between has no response, or the caller is rate limited. */
const transientStatuses = [429, 502, 503, 504];

const firstWaitMs = 250;
/** A user may be waiting, so the caller decides about longer waits. */
const longestWaitMs = 10_000;
/** Random extra wait, so that clients that were refused together do not retry together. */
const maxJitterMs = 1_000;

/**
 * How long to wait before a retry; null if a retry would fail again or the wait is too long. The wait is Retry-After, or
 * grows with each attempt, plus up to a second.
 */
export function waitBefore(error: unknown, attempt: number): number | null {
  const ownWaitMs = firstWaitMs * 2 ** attempt;
  const waitMs = isNetworkFailure(error)
    ? ownWaitMs
    : isTransient(error)
      ? (requestedWaitMs(error) ?? ownWaitMs)
      : null;
  if (waitMs === null || waitMs > longestWaitMs) return null;
  return waitMs + Math.random() * Math.min(waitMs, maxJitterMs);
}

/** Rejects with the signal's reason as soon as it is aborted. */
export function pause(waitMs: number, signal: AbortSignal | null): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', abort);
      resolve();
    }, waitMs);
    signal?.addEventListener('abort', abort, { once: true });
  });
}

/** fetch throws a TypeError if there is no response. An aborted signal throws another error. */
const isNetworkFailure = (error: unknown): boolean => error instanceof TypeError;

const isTransient = (error: unknown): error is ClientError =>
  error instanceof ClientError && transientStatuses.includes(error.response.status);

/** From the header, which a browser may hide, or from the error itself. */
function requestedWaitMs({ response: { headers, errors } }: ClientError): number | null {
  const seconds = errors[0]?.extensions?.retryAfterSeconds;
  return retryAfterMs(headers.get('retry-after')) ?? (typeof seconds === 'number' ? seconds * 1000 : null);
}

/** RFC 9110, section 10.2.3: seconds, or a date. */
function retryAfterMs(text: string | null): number | null {
  if (text === null) return null;
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const date = Date.parse(text);
  return Number.isNaN(date) ? null : Math.max(0, date - Date.now());
}
