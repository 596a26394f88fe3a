import { ClientError } from 'graphql-request';
import type { SdkFunctionWrapper } from './generated/sdk.ts';

/** A gateway between here and there has no answer, or the caller is to slow down. */
const transientStatuses = [429, 502, 503, 504];

const firstWaitMs = 250;
/** Somebody is looking at the page meanwhile. */
const longestWaitMs = 10_000;

/**
 * Repeats a query, `retries` times at most, when the network fails or a status says that a moment later may be better. It
 * waits as long as Retry-After says, or longer each time, plus up to as much again, so that clients do not come back together.
 * A longer Retry-After than ten seconds is left to the caller. A mutation may have been done: it is never repeated.
 */
export function retryingQueries(retries: number): SdkFunctionWrapper {
  return async (action, _name, type) => {
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await action();
      } catch (error) {
        const waitMs = type === 'query' && attempt < retries ? waitBefore(error, attempt) : null;
        if (waitMs === null || waitMs > longestWaitMs) throw error;
        await new Promise((resolve) => setTimeout(resolve, waitMs * (1 + Math.random())));
      }
    }
  };
}

/** Null where the same request would fail again. */
function waitBefore(error: unknown, attempt: number): number | null {
  const ownWaitMs = firstWaitMs * 2 ** attempt;
  // What fetch throws where no answer came; a caller's own signal throws something else.
  if (error instanceof TypeError) return ownWaitMs;
  if (!(error instanceof ClientError) || !transientStatuses.includes(error.response.status)) return null;
  return retryAfterMs(error.response.headers.get('retry-after')) ?? ownWaitMs;
}

/** RFC 9110, section 10.2.3: seconds, or a date. */
function retryAfterMs(text: string | null): number | null {
  if (text === null) return null;
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const date = Date.parse(text);
  return Number.isNaN(date) ? null : Math.max(0, date - Date.now());
}
