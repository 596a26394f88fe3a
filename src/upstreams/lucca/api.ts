import { createHttpClient, type HttpRequest, type HttpResponse } from '../../http/client.ts';
import type { UpstreamMonitor } from '../../http/monitor.ts';
import { type ClientCredentials, createAccessTokens } from './access-tokens.ts';
import { ExpiredPageError } from './expired-page-error.ts';
import { failureOf, type RequestInfo } from './failure.ts';
import { readProblem } from './problem.ts';

export type LuccaApiConfig = ClientCredentials & { baseUrl: string; apiVersion: string };

/** One GET of the API. `read` turns the body into a value, or throws. */
type LuccaQuery<T> = RequestInfo & {
  /** Encoded path below the base URL, with the query. All values are in the query. */
  path: string;
  read: (text: string) => T;
  /** The ETag of an earlier response to the same query. If it is still valid, the result is 'not modified'. */
  etag: string | null;
  /** True if the query has a page token. An expired token throws ExpiredPageError. */
  isLaterPage: boolean;
};

/** `etag` is null if none came, or one that cannot be sent in a header. */
type LuccaResponse<T> = { value: T; etag: string | null } | 'not modified';

export type LuccaApi = {
  get<T>(query: LuccaQuery<T>): Promise<LuccaResponse<T>>;
  close(): Promise<void>;
};

/** The path as Lucca documents it, without the query. */
export const routeOf = (path: string): string => `/lucca-api/${path.split('?', 1)[0]}`;

/** The number of rows in a page; null for any other value. */
const receivedIn = (value: unknown): number | null =>
  typeof value === 'object' && value !== null && 'received' in value && typeof value.received === 'number'
    ? value.received
    : null;

const concurrency = 4;
const headerValue = /^[\x20-\x7e\x80-\xff]+$/;

/**
 * Sends conditional, authorised GETs to one tenant. If the API refuses a token, the token is renewed and the query
 * retried once. Weak ETags are sent back as received, with or without quotes (Lucca docs: cache).
 */
export function createLuccaApi(config: LuccaApiConfig, monitor: UpstreamMonitor): LuccaApi {
  const http = createHttpClient({
    upstream: 'LUCCA',
    origin: config.baseUrl,
    monitor,
    concurrency,
    network: config.network,
  });
  const basePath = new URL(config.baseUrl).pathname.replace(/\/+$/, '');
  const tokens = createAccessTokens(config, monitor);

  async function get<T>(query: LuccaQuery<T>, isRetry = false): Promise<LuccaResponse<T>> {
    const token = await tokens.current();
    const outcome = await http.send<{ response: LuccaResponse<T> } | 'token refused'>({
      isSafe: true,
      prepare: () => requestOf(query, token),
      read: (response) => {
        if (response.status === 401 && !isRetry) return 'token refused';
        return { response: readResponse(response, query) };
      },
      rowsIn: (read) =>
        read === 'token refused' || read.response === 'not modified' ? null : receivedIn(read.response.value),
    });
    if (outcome !== 'token refused') return outcome.response;
    tokens.reject(token);
    return get(query, true);
  }

  const requestOf = <T>({ path, etag }: LuccaQuery<T>, token: string): HttpRequest => ({
    method: 'GET',
    target: `${basePath}/${path}`,
    route: routeOf(path),
    headers: {
      authorization: `Bearer ${token}`,
      'api-version': config.apiVersion,
      accept: 'application/json',
      'accept-encoding': 'gzip, br',
      ...(etag === null ? {} : { 'if-none-match': etag }),
    },
  });

  return {
    get: (query) => get(query),
    close: async () => {
      await Promise.all([http.close(), tokens.close()]);
    },
  };
}

function readResponse<T>(response: HttpResponse, query: LuccaQuery<T>): LuccaResponse<T> {
  const { status, headers, text } = response;
  if (status === 200) {
    const etag = headers.get('etag');
    return { value: query.read(text), etag: etag !== null && headerValue.test(etag) ? etag : null };
  }
  if (status === 304) return 'not modified';
  if (status === 400 && query.isLaterPage && readProblem(text).fields.includes('page')) throw new ExpiredPageError();
  throw failureOf(response, query);
}
