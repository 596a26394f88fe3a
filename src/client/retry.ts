import { ClientError } from './client-error.ts';

/** A gateway between here and there has no answer, or the caller is to slow down. */
const transientStatuses = [429, 502, 503, 504];

const firstWaitMs = 250;
/** Somebody is looking at the page meanwhile: a longer wait is left to the caller. */
const longestWaitMs = 10_000;
/** Clients that were refused together do not come back together. */
const mostSpreadMs = 1_000;

/**
 * How long to wait before the same query may succeed; null where it would fail again, or where that is too long. It is what
 * Retry-After says, or longer with each attempt, and up to a second more.
 */
export function waitBefore(error: unknown, attempt: number): number | null {
  const ownWaitMs = firstWaitMs * 2 ** attempt;
  const waitMs = isNetworkFailure(error) ? ownWaitMs : isTransient(error) ? (askedWaitMs(error) ?? ownWaitMs) : null;
  if (waitMs === null || waitMs > longestWaitMs) return null;
  return waitMs + Math.random() * Math.min(waitMs, mostSpreadMs);
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

/** What fetch throws where no answer came; an aborted signal throws something else. */
const isNetworkFailure = (error: unknown): boolean => error instanceof TypeError;

const isTransient = (error: unknown): error is ClientError =>
  error instanceof ClientError && transientStatuses.includes(error.response.status);

/** Of the header, which a browser may hide, or of the error itself. */
function askedWaitMs({ response: { headers, errors } }: ClientError): number | null {
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
