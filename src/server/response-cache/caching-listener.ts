import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Viewer } from '../../../resolvers/context.ts';
import type { Authenticate } from '../authentication/authenticate.ts';
import type { CallerContext } from '../caller-context.ts';
import { ageSince, asOf, type Outcome } from '../execution/outcome.ts';
import type { SpendAllowance } from '../limits/caller-allowance.ts';
import { shownIn } from '../shown-data.ts';
import { cacheableLength, readBody, responseKey } from './cacheable-request.ts';
import type { CachedResponse, ResponseCache } from './response-cache.ts';

export type Endpoint = RequestListener & {
  fetch(url: string, init: RequestInit, context: CallerContext): Response | Promise<Response>;
};

export type CachingOptions = {
  cache: ResponseCache;
  /** Call it before each cache look-up: see UpstreamData. */
  catchUp: () => Promise<void> | null;
  /** Whether the endpoint will reject the request for its form, regardless of the operation. */
  isRefused: (request: IncomingMessage) => boolean;
  authenticate: Authenticate;
  /** Throws if the caller exceeds the rate limit. */
  spendAllowance: SpendAllowance;
  /** Called with each response that is served from the cache. */
  onServed: (response: CachedResponse, viewer: Viewer) => void;
};

/**
 * Serves cached responses to callers with the same scopes, and caches the responses of the endpoint. Other forms of requests
 * go to the endpoint unchanged.
 */
export function caching(endpoint: Endpoint, options: CachingOptions): RequestListener {
  const { cache, catchUp, isRefused, authenticate, spendAllowance, onServed } = options;

  async function respond(request: IncomingMessage, response: ServerResponse, length: number): Promise<void> {
    const body = await readBody(request, length);
    if (body === null) return refuseBody(response);
    const caller = await callerOf(request);
    if (caller.viewer === undefined) return forward(request, response, body, caller, null);
    const isCaughtUp = catchUp();
    if (isCaughtUp !== null) await isCaughtUp;
    const key = responseKey(request, body, caller.viewer);
    const cached = cache.get(key);
    if (cached === null || !(await isWithinRateLimit(caller.viewer)))
      return forward(request, response, body, caller, key);
    onServed(cached, caller.viewer);
    await send(cached, request, response);
  }

  /** Authenticates the caller once per request. If that fails, the endpoint reports the error. */
  async function callerOf({ headers }: IncomingMessage): Promise<CallerContext> {
    try {
      return { viewer: await authenticate({ get: (name) => textOf(headers[name]) }) };
    } catch (refusal) {
      return { refusal };
    }
  }

  async function isWithinRateLimit(viewer: Viewer): Promise<boolean> {
    try {
      await spendAllowance(viewer);
      return true;
    } catch {
      return false;
    }
  }

  async function forward(
    request: IncomingMessage,
    response: ServerResponse,
    body: string,
    caller: CallerContext,
    key: string | null,
  ): Promise<void> {
    let outcome: Outcome | undefined;
    const disconnected = new AbortController();
    response.once('close', () => response.writableFinished || disconnected.abort());
    const reply = await endpoint.fetch(
      `http://${request.headers.host ?? 'localhost'}${request.url ?? '/'}`,
      { method: 'POST', headers: plainHeaders(request), body, signal: disconnected.signal },
      { ...caller, req: request, isCaughtUp: key !== null, onOutcome: (result) => (outcome = result) },
    );
    const bytes = Buffer.from(await reply.arrayBuffer());
    const entry = { ...entryOf(outcome), headers: lastingHeaders(reply.headers), body: bytes };
    const isCacheable = key !== null && outcome?.isRepeatable === true && reply.status === 200;
    if (isCacheable) cache.set(key, entry);
    await send(entry, request, response, reply.status);
  }

  async function send(
    cached: CachedResponse,
    { headers }: IncomingMessage,
    response: ServerResponse,
    status = 200,
  ): Promise<void> {
    const { body, encoding } = await cache.encoded(cached, textOf(headers['accept-encoding']) ?? undefined);
    const { asOf: time } = cached;
    response.writeHead(status, {
      ...cached.headers,
      ...(time !== null && { age: String(ageSince(time)) }),
      ...(encoding !== null && { 'content-encoding': encoding }),
      vary: withAcceptEncoding(cached.headers.vary),
      'content-length': body.length,
    });
    response.end(body);
  }

  return (request, response) => {
    const length = isRefused(request) ? null : cacheableLength(request);
    if (length === null) endpoint(request, response);
    else respond(request, response, length).catch((error: unknown) => response.destroy(toError(error)));
  };
}

const withAcceptEncoding = (vary = ''): string =>
  /\baccept-encoding\b/i.test(vary) ? vary : [vary, 'Accept-Encoding'].filter(Boolean).join(', ');

/** Removes Accept-Encoding: this listener compresses, so that a cached response is compressed only once. */
function plainHeaders({ headers }: IncomingMessage): Record<string, string> {
  const { 'accept-encoding': _, connection: __, ...others } = headers;
  return Object.fromEntries(
    Object.entries(others).flatMap(([name, value]) => (value === undefined ? [] : [[name, textOf(value) ?? '']])),
  );
}

function entryOf(outcome: Outcome | undefined): Omit<CachedResponse, 'headers' | 'body'> {
  if (outcome === undefined) {
    return { asOf: null, freshUntil: 0, versions: new Map(), operation: null, errors: {}, shown: null };
  }
  const { usage, disclosure, operation, errors } = outcome;
  const shown = disclosure === undefined ? null : shownIn(disclosure);
  return { asOf: asOf(usage), freshUntil: usage.freshUntil, versions: usage.versions, operation, errors, shown };
}

/** Headers that belong to one moment or connection. All others belong to the response. */
const passing = ['age', 'connection', 'content-length', 'content-encoding', 'date', 'keep-alive', 'transfer-encoding'];

const lastingHeaders = (headers: Headers): Record<string, string> =>
  Object.fromEntries([...headers].filter(([name]) => !passing.includes(name)));

function refuseBody(response: ServerResponse): void {
  const message = 'The body is incomplete, or is not UTF-8.';
  const body = JSON.stringify({ errors: [{ message, extensions: { code: 'BAD_USER_INPUT' } }] });
  response.writeHead(400, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' }).end(body);
}

const textOf = (header: string | string[] | undefined): string | null =>
  header === undefined ? null : Array.isArray(header) ? header.join(', ') : header;

const toError = (error: unknown): Error =>
  error instanceof Error ? error : new Error('A response could not be made.');
