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
  /** The path as the vendor documents it, without values. Only this appears in logs, metrics and traces. */
  route: string;
  headers: Record<string, string>;
  body?: string;
};

export type HttpResponse = { status: number; headers: Headers; text: string };

/**
 * One request to an upstream, with its retries. `prepare` runs for every attempt, so that timestamps, signatures and
 * tokens are fresh. `read` turns the response into a value or throws an UpstreamError; a transient error is retried if
 * `isSafe`.
 */
type Exchange<T> = {
  isSafe: boolean;
  prepare: () => HttpRequest | Promise<HttpRequest>;
  read: (response: HttpResponse) => T | Promise<T>;
  /** The number of rows, if the response is a list. */
  rowsIn?: (value: T) => number | null;
};

export type HttpClientOptions = {
  upstream: Upstream;
  /** Scheme, host and port. Anything after them is ignored: paths belong to the targets. */
  origin: string;
  monitor: UpstreamMonitor;
  /** Requests in flight at once; the others wait. */
  concurrency: number;
  /** Milliseconds for one attempt, from the moment that it has its own connection. */
  attemptTimeoutMs?: number;
  /** Milliseconds for all attempts of one exchange and the pauses between them, counted from the first attempt. */
  deadlineMs?: number;
  maxResponseBytes?: number;
  /** Absent: no proxy. */
  network?: Network | undefined;
};

export type HttpClient = {
  send<T>(exchange: Exchange<T>): Promise<T>;
  /** Number of requests in the queues. */
  waiting(): number;
  close(): Promise<void>;
};

/**
 * Creates a client that sends to one origin only and does not follow redirects. Requests use the current request
 * context (request-context.ts). `send` throws UPSTREAM_TIMEOUT, UPSTREAM_UNAVAILABLE, UPSTREAM_RATE_LIMITED,
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
    const record = attemptOf(request, attempt.number);
    const addedHeaders = activity.send(record);
    monitor.sent();
    try {
      const sent = addedHeaders === undefined ? request : withHeaders(request, addedHeaders);
      const response = await exchangeBytes(sent, attempt, record);
      const value = await read(response);
      record.rows = rowsIn?.(value) ?? null;
      monitor.answered();
      return value;
    } catch (error) {
      record.code = error instanceof UpstreamError ? error.code : isCancellation(error) ? cancelled : null;
      if (error instanceof UpstreamError && !(error instanceof DeadlinePassed)) monitor.failed(error);
      throw error;
    } finally {
      activity.received(record);
    }
  }

  const attemptOf = ({ method, route, headers }: HttpRequest, number: number): UpstreamAttempt => ({
    ...{ upstream, method, path: route, origin, number, isConditional: headers['if-none-match'] !== undefined },
    ...{ startedAt: performance.now(), endedAt: null, status: null, code: null, bytes: null, rows: null },
  });

  async function exchangeBytes(request: HttpRequest, attempt: Attempt, record: UpstreamAttempt): Promise<HttpResponse> {
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
      record.status = statusCode;
      const chunks: Buffer[] = [];
      let size = 0;
      for await (const chunk of body) {
        const bytes: Buffer = chunk;
        size += bytes.length;
        if (size > maxResponseBytes) throw tooLarge();
        chunks.push(bytes);
      }
      record.bytes = size;
      record.endedAt = performance.now();
      const received = withBoundedRetryAfter(toHeaders(headers), maxRetryAfterSeconds);
      const bytes = await decodeBody(Buffer.concat(chunks), received.get('content-encoding'), maxResponseBytes);
      if (bytes === null) throw tooLarge();
      const milliseconds = performance.now() - sent.mark;
      report({ upstream, origin, status: statusCode, headers: received, sentAt: sent.at, milliseconds });
      return { status: statusCode, headers: received, text: bytes.toString('utf8') };
    } catch (error) {
      if (error instanceof UpstreamError) throw error;
      if (timeout.hasPassed) throw attempt.isCutShort ? new DeadlinePassed(upstream) : timedOut(attempt.timeoutMs);
      throw timeout.signal.aborted ? cancellation() : connectionFailure(upstream, error);
    } finally {
      timeout.end();
    }
  }

  function report(seen: SeenResponse): void {
    onResponse?.(seen);
    const remark = onRemark === undefined ? null : remarkOnClock(seen);
    if (remark !== null) onRemark?.(remark);
  }

  const timedOut = (timeoutMs: number) =>
    new UpstreamError({
      code: 'UPSTREAM_TIMEOUT',
      upstream,
      message: `No complete response within ${Math.round(timeoutMs)} ms.`,
      isTransient: true,
    });

  const tooLarge = () =>
    new UpstreamError({
      code: 'UPSTREAM_INVALID_RESPONSE',
      upstream,
      message: `The response is larger than ${maxResponseBytes} bytes or cannot be decompressed.`,
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
