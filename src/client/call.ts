import { ClientError } from './client-error.ts';
import type { Operation } from './operation.ts';
import { pause, waitBefore } from './retry.ts';
import { type Answer, type Sending, send } from './send.ts';

export type CallOptions = {
  /** In addition to the client's headers. */
  headers?: Record<string, string>;
  /** Aborts the call, which then rejects with the signal's reason. */
  signal?: AbortSignal;
  /** Aborts the call after this time, including retries and waits; it then rejects with a TimeoutError. */
  timeoutMs?: number;
};

/** Variables are optional if the operation requires none. */
export type Args<Variables> =
  Record<string, never> extends Variables
    ? [variables?: Variables, options?: CallOptions]
    : [variables: Variables, options?: CallOptions];

/** Runs an operation, by its id if the server knows the id, and with retries. */
export type Call = <Result, Variables>(
  operation: Operation<Result, Variables>,
  ...args: Args<Variables>
) => Promise<Answer<Result>>;

export type CallerOptions = {
  url: string;
  fetch: typeof fetch;
  headers: () => Record<string, string> | Promise<Record<string, string>>;
  /** How often a query is retried. A mutation never is, because the server may have executed it. */
  retries: number;
  persistedOperations: boolean;
  timeoutMs: number | null;
};

export function createCall(options: CallerOptions): Call {
  const unknownIds = new Set<string>();

  /** Sends the text if the server does not know the id, in which case it has run nothing. Later calls send the text at once. */
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
