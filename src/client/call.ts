import { ClientError } from './client-error.ts';
import type { Operation } from './operation.ts';
import { pause, waitBefore } from './retry.ts';
import { type Answer, type Sending, send } from './send.ts';

export type CallOptions = {
  /** Besides those of the client. */
  headers?: Record<string, string>;
  /** Ends the call, which then rejects with the signal's reason. */
  signal?: AbortSignal;
  /** Ends the call after so long, repeats and waits included; it rejects with a TimeoutError. */
  timeoutMs?: number;
};

/** Variables may be left out where none is required. */
export type Args<Variables> =
  Record<string, never> extends Variables
    ? [variables?: Variables, options?: CallOptions]
    : [variables: Variables, options?: CallOptions];

/** Runs an operation: with its id where the server knows that, and again where it may succeed a moment later. */
export type Call = <Result, Variables>(
  operation: Operation<Result, Variables>,
  ...args: Args<Variables>
) => Promise<Answer<Result>>;

export type CallerOptions = {
  url: string;
  fetch: typeof fetch;
  headers: () => Record<string, string> | Promise<Record<string, string>>;
  /** How often a query is repeated; a mutation may have been done, and never is. */
  retries: number;
  persistedOperations: boolean;
  timeoutMs: number | null;
};

export function createCall(options: CallerOptions): Call {
  const unknownIds = new Set<string>();

  /** A server that does not know an id has run nothing: it is sent the text then, once, and from then on at once. */
  async function sendOnce<R, V>(operation: Operation<R, V>, variables: V | undefined, to: Sending): Promise<Answer<R>> {
    const { id } = operation;
    const asId = options.persistedOperations && id !== null && !unknownIds.has(id);
    try {
      return await send(operation, variables, { ...to, asId });
    } catch (error) {
      if (!asId || !isUnknownId(error)) throw error;
      unknownIds.add(id);
      return send(operation, variables, { ...to, asId: false });
    }
  }

  return async (operation, ...[variables, given = {}]) => {
    const timeoutMs = given.timeoutMs ?? options.timeoutMs ?? Number.POSITIVE_INFINITY;
    const endsAt = performance.now() + timeoutMs;
    const signal = signalOf(given.signal, timeoutMs);
    const retries = operation.type === 'query' ? options.retries : 0;
    for (let attempt = 0; ; attempt += 1) {
      signal?.throwIfAborted();
      const headers = { ...(await options.headers()), ...given.headers };
      try {
        return await sendOnce(operation, variables, { ...options, headers, signal });
      } catch (error) {
        const waitMs = attempt < retries ? waitBefore(error, attempt) : null;
        if (waitMs === null || performance.now() + waitMs >= endsAt) throw error;
        await pause(waitMs, signal);
      }
    }
  };
}

function signalOf(given: AbortSignal | undefined, timeoutMs: number): AbortSignal | null {
  if (!Number.isFinite(timeoutMs)) return given ?? null;
  const timeout = AbortSignal.timeout(timeoutMs);
  return given === undefined ? timeout : AbortSignal.any([given, timeout]);
}

const isUnknownId = (error: unknown): boolean =>
  error instanceof ClientError &&
  error.response.errors.some(
    ({ message, extensions }) =>
      message === 'PersistedQueryNotFound' || extensions?.code === 'PERSISTED_QUERY_NOT_FOUND',
  );
