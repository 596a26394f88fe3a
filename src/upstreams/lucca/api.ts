import { createHttpClient, type HttpRequest, type HttpResponse } from '../../http/client.ts';
import type { UpstreamMonitor } from '../../http/monitor.ts';
import { type ClientCredentials, createAccessTokens } from './access-tokens.ts';
import { ExpiredPageError } from './expired-page-error.ts';
import { type Asked, failureOf } from './failure.ts';
import { readProblem } from './problem.ts';

export type LuccaApiConfig = ClientCredentials & { baseUrl: string; apiVersion: string };

/** `read` turns a body into a value, or throws. */
type LuccaQuery<T> = Asked & {
  /** Below the base URL, encoded, with the query, which holds all values. */
  path: string;
  read: (text: string) => T;
  /** Of an earlier answer to the same query: the answer is 'not modified' where it is still good. */
  etag: string | null;
  /** The query names a page token, which may have expired: the answer to that is ExpiredPageError. */
  isLaterPage: boolean;
};

/** `etag` is null where none came, or one that no header can carry. */
type LuccaAnswer<T> = { value: T; etag: string | null } | 'not modified';

export type LuccaApi = {
  get<T>(query: LuccaQuery<T>): Promise<LuccaAnswer<T>>;
  close(): Promise<void>;
};

/** A path as Lucca documents it, without the query. */
export const routeOf = (path: string): string => `/lucca-api/${path.split('?', 1)[0]}`;

/** Of a page. */
const receivedIn = (value: unknown): number | null =>
  typeof value === 'object' && value !== null && 'received' in value && typeof value.received === 'number'
    ? value.received
    : null;

const concurrency = 4;
const headerValue = /^[\x20-\x7e\x80-\xff]+$/;

/**
 * Conditional, authorised GETs of one tenant. A token that the API refuses is renewed, and the query repeated, once.
 * Weak ETags go back as they came, in quotes or not (Lucca docs: cache).
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

  async function get<T>(query: LuccaQuery<T>, isRepeat = false): Promise<LuccaAnswer<T>> {
    const token = await tokens.current();
    const answer = await http.send<{ answer: LuccaAnswer<T> } | 'token refused'>({
      isSafe: true,
      prepare: () => requestOf(query, token),
      read: (response) => {
        if (response.status === 401 && !isRepeat) return 'token refused';
        return { answer: answerOf(response, query) };
      },
      rowsIn: (it) => (it === 'token refused' || it.answer === 'not modified' ? null : receivedIn(it.answer.value)),
    });
    if (answer !== 'token refused') return answer.answer;
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

function answerOf<T>(response: HttpResponse, query: LuccaQuery<T>): LuccaAnswer<T> {
  const { status, headers, text } = response;
  if (status === 200) {
    const etag = headers.get('etag');
    return { value: query.read(text), etag: etag !== null && headerValue.test(etag) ? etag : null };
  }
  if (status === 304) return 'not modified';
  if (status === 400 && query.isLaterPage && readProblem(text).fields.includes('page')) throw new ExpiredPageError();
  throw failureOf(response, query);
}
