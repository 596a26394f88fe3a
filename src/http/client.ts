import { cancelled, type UpstreamAttempt } from '../domain/activity.ts';
import type { Upstream } from '../domain/upstream.ts';
import { UpstreamError } from '../errors.ts';
import { connectionFailure } from './connection-failure.ts';
import { decodeBody } from './content-encoding.ts';
import { DeadlinePassed, startTimeout } from './deadline.ts';
import type { UpstreamMonitor } from './monitor.ts';
import { createDispatcher, defaultNetwork, type Network } from './network.ts';
import { type Attempt, createPolicies } from './policies.ts';
import { cancellation, isCancellation } from './request-context.ts';
import { withBoundedRetryAfter } from './retry-after.ts';
import { remarkOnClock, type SeenResponse } from './seen-response.ts';

export type HttpRequest = {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Origin-form request target, already percent-encoded. It is sent byte for byte. */
  target: string;
  /** Its path as the vendor documents it, without values: this is what logs, metrics and traces tell. */
  route: string;
  headers: Record<string, string>;
  body?: string;
};

export type HttpResponse = { status: number; headers: Headers; text: string };

/**
 * One question to an upstream. `prepare` runs for every attempt, so that timestamps, signatures and tokens are fresh.
 * `read` turns the answer into a value or throws an UpstreamError; a transient one is asked again if `isSafe`.
 */
export type Exchange<T> = {
  isSafe: boolean;
  prepare: () => HttpRequest | Promise<HttpRequest>;
  read: (response: HttpResponse) => T | Promise<T>;
  /** How many rows came, where it is a list. */
  rowsIn?: (value: T) => number | null;
};

export type HttpClientOptions = {
  upstream: Upstream;
  /** Scheme, host and port; anything after them is ignored here and belongs to the targets. */
  origin: string;
  monitor: UpstreamMonitor;
  /** Requests in flight at once; the others wait. */
  concurrency: number;
  /** Milliseconds for one attempt, from the moment that it has a connection to itself. */
  attemptTimeoutMs?: number;
  /** Milliseconds for all attempts of one exchange and the pauses between them, from its first attempt on. */
  deadlineMs?: number;
  maxResponseBytes?: number;
  /** Unless given, no proxy. */
  network?: Network | undefined;
};

export type HttpClient = {
  send<T>(exchange: Exchange<T>): Promise<T>;
  /** How many requests wait for their turn. */
  waiting(): number;
  close(): Promise<void>;
};

/**
 * Sends to one origin and to no other: redirects are answers, not instructions. Requests are sent in the name of the
 * current context (request-context.ts). Errors of `send`: UPSTREAM_TIMEOUT, UPSTREAM_UNAVAILABLE, UPSTREAM_RATE_LIMITED,
 * UPSTREAM_INVALID_RESPONSE, an AbortError when the context is cancelled, and whatever `read` throws.
 */
export function createHttpClient(options: HttpClientOptions): HttpClient {
  const { upstream, monitor, concurrency } = options;
  const { attemptTimeoutMs = 6_000, deadlineMs = 10_000, maxResponseBytes = 16 * 1024 * 1024 } = options;
  const { proxies, maxRetryAfterSeconds, onResponse, onRemark } = options.network ?? defaultNetwork;
  const { origin } = new URL(options.origin);
  const dispatcher = createDispatcher(origin, concurrency, proxies);
  const policies = createPolicies({ upstream, monitor, concurrency, attemptTimeoutMs, deadlineMs });

  async function send<T>({ prepare, read, rowsIn }: Exchange<T>, attempt: Attempt): Promise<T> {
    const request = await prepare();
    const { activity } = attempt;
    const noted = noteOf(request, attempt.number);
    const addedHeaders = activity.send(noted);
    monitor.sent();
    try {
      const sent = addedHeaders === undefined ? request : withHeaders(request, addedHeaders);
      const response = await exchangeBytes(sent, attempt, noted);
      const value = await read(response);
      noted.rows = rowsIn?.(value) ?? null;
      monitor.answered();
      return value;
    } catch (error) {
      noted.code = error instanceof UpstreamError ? error.code : isCancellation(error) ? cancelled : null;
      if (error instanceof UpstreamError && !(error instanceof DeadlinePassed)) monitor.failed(error);
      throw error;
    } finally {
      activity.received(noted);
    }
  }

  const noteOf = ({ method, route, headers }: HttpRequest, number: number): UpstreamAttempt => ({
    ...{ upstream, method, path: route, origin, number, isConditional: headers['if-none-match'] !== undefined },
    ...{ startedAt: performance.now(), endedAt: null, status: null, code: null, bytes: null, rows: null },
  });

  async function exchangeBytes(request: HttpRequest, attempt: Attempt, noted: UpstreamAttempt): Promise<HttpResponse> {
    const timeout = startTimeout(attempt.timeoutMs, attempt.context);
    const sent = { at: Date.now(), mark: performance.now() };
    try {
      const { statusCode, headers, body } = await dispatcher.request({
        origin,
        path: request.target,
        method: request.method,
        headers: request.headers,
        body: request.body ?? null,
        signal: timeout.signal,
      });
      noted.status = statusCode;
      const chunks: Buffer[] = [];
      let size = 0;
      for await (const chunk of body) {
        const bytes: Buffer = chunk;
        size += bytes.length;
        if (size > maxResponseBytes) throw tooLarge();
        chunks.push(bytes);
      }
      noted.bytes = size;
      noted.endedAt = performance.now();
      const received = withBoundedRetryAfter(toHeaders(headers), maxRetryAfterSeconds);
      const bytes = await decodeBody(Buffer.concat(chunks), received.get('content-encoding'), maxResponseBytes);
      if (bytes === null) throw tooLarge();
      const milliseconds = performance.now() - sent.mark;
      show({ upstream, origin, status: statusCode, headers: received, sentAt: sent.at, milliseconds });
      return { status: statusCode, headers: received, text: bytes.toString('utf8') };
    } catch (error) {
      if (error instanceof UpstreamError) throw error;
      if (timeout.hasPassed) throw attempt.isCutShort ? new DeadlinePassed(upstream) : timedOut(attempt.timeoutMs);
      throw timeout.signal.aborted ? cancellation() : connectionFailure(upstream, error);
    } finally {
      timeout.end();
    }
  }

  function show(seen: SeenResponse): void {
    onResponse?.(seen);
    const remark = onRemark === undefined ? null : remarkOnClock(seen);
    if (remark !== null) onRemark?.(remark);
  }

  const timedOut = (timeoutMs: number) =>
    new UpstreamError({
      code: 'UPSTREAM_TIMEOUT',
      upstream,
      message: `No complete answer within ${Math.round(timeoutMs)} ms.`,
      isTransient: true,
    });

  const tooLarge = () =>
    new UpstreamError({
      code: 'UPSTREAM_INVALID_RESPONSE',
      upstream,
      message: `The answer is larger than ${maxResponseBytes} bytes or cannot be decompressed.`,
    });

  return {
    send: (exchange) => policies.run(exchange.isSafe, (attempt) => send(exchange, attempt)),
    waiting: policies.waiting,
    close: () => dispatcher.close(),
  };
}

const withHeaders = (request: HttpRequest, added: Readonly<Record<string, string>>): HttpRequest => ({
  ...request,
  headers: { ...request.headers, ...added },
});

function toHeaders(headers: Record<string, string | string[] | undefined>): Headers {
  const result = new Headers();
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) result.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  return result;
}
