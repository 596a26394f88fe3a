import { setTimeout as delay } from 'node:timers/promises';
import { Activity } from '../../src/domain/activity.ts';
import { UpstreamError, type UpstreamErrorCode } from '../../src/errors.ts';
import type { Allowance } from '../../src/http/allowance.ts';
import { createHttpClient, type HttpClientOptions, type HttpResponse } from '../../src/http/client.ts';
import { UpstreamMonitor } from '../../src/http/monitor.ts';
import { createRequestContext, inContext, type Priority, type RequestContext } from '../../src/http/request-context.ts';
import { retryAfterSeconds } from '../../src/http/retry-after.ts';
import { type Emulator, type EmulatorRequest, type Reply, startEmulator } from '../../src/sandbox/emulator.ts';

export type Stage = {
  server: Emulator;
  monitor: UpstreamMonitor;
  /** A GET in the given context; resolves with the body. */
  get(path: string, context?: RequestContext): Promise<string>;
  /** How many requests wait in the client's queues. */
  waiting(): number;
  /** The paths that arrived, in this order. */
  arrived(): string[];
};

export type StageOptions = Partial<HttpClientOptions> & {
  allowance?: Allowance | null;
  answer?: (request: EmulatorRequest) => Reply | Promise<Reply>;
};

/** A client of an upstream that answers whatever `answer` says; 200 and `{}` unless given. */
export async function onStage(options: StageOptions, play: (stage: Stage) => Promise<void>): Promise<void> {
  const { allowance = null, answer = () => ({ status: 200, body: '{}' }), ...rest } = options;
  const server = await startEmulator(answer);
  const monitor = new UpstreamMonitor(allowance);
  const client = createHttpClient({ upstream: 'LUCCA', origin: server.origin, monitor, concurrency: 4, ...rest });
  const get = (target: string) =>
    client.send({
      ...{ method: 'GET', route: '/path', isSafe: true },
      prepare: () => ({ target, headers: {} }),
      read: readText,
    });
  try {
    await play({
      server,
      monitor,
      get: (path, context) => (context === undefined ? get(path) : inContext(context, () => get(path))),
      waiting: client.waiting,
      arrived: () => server.requests.map((it) => it.target),
    });
  } finally {
    await client.close();
    await server.close();
  }
}

const codes: Record<number, UpstreamErrorCode> = {
  401: 'UPSTREAM_AUTH_FAILED',
  403: 'UPSTREAM_AUTH_FAILED',
  429: 'UPSTREAM_RATE_LIMITED',
};

/** As the upstreams' clients map statuses. */
function readText({ status, headers, text }: HttpResponse): string {
  if (status === 200) return text;
  throw new UpstreamError({
    code: codes[status] ?? (status >= 500 ? 'UPSTREAM_UNAVAILABLE' : 'UPSTREAM_INVALID_RESPONSE'),
    refused: status === 401 ? 'credential' : status === 403 ? 'request' : undefined,
    upstream: 'LUCCA',
    message: `Expected HTTP 200, got ${status}.`,
    status,
    retryAfterSeconds: retryAfterSeconds(headers),
    isTransient: status === 429 || status >= 500,
  });
}

export function contextOf(
  priority: Priority,
  options: { seconds?: number; signal?: AbortSignal } = {},
): RequestContext {
  const deadline = performance.now() + (options.seconds ?? 3_600) * 1000;
  const activity = new Activity({ name: 'Test', kind: 'operation' });
  return createRequestContext({ activity, priority, deadline, signal: options.signal });
}

/** The code that a promise fails with, or `none`. */
export const codeOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'none',
    (error: unknown) => (error instanceof UpstreamError ? error.code : error instanceof Error ? error.name : 'unknown'),
  );

/** Waits for what happens in its own time. */
export async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await delay(5);
}

export const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => make(i));
