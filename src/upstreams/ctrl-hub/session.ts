import { createHttpClient, type HttpResponse } from '../../http/client.ts';
import { type JsonContext, parseJson } from '../../http/json.ts';
import type { UpstreamMonitor } from '../../http/monitor.ts';
import type { Network } from '../../http/network.ts';
import type { OnRemark } from '../../http/remark.ts';
import { failureOf, type RequestInfo, traceIdOf } from './failures.ts';
import { type ListDocument, listDocument } from './wire.ts';

/** A list resource. `path` is below the base URL and percent-encoded; `route` is the path as Ctrl Hub documents it. */
export type Resource = RequestInfo & { path: string; route: string };

/** Sends requests with one session token. It cannot renew the session, which takes the user's password. */
export type Session = {
  /** GET of `resource`; `query` is percent-encoded. Throws UpstreamError. */
  get<T extends { readonly received: number }>(
    resource: Resource,
    query: string,
    toDomain: (document: ListDocument) => T,
  ): Promise<T>;
  /** POST of a JSON:API document, sent once; `path` holds no values. `read` returns a value or throws UpstreamError. */
  post<T>(path: string, document: string, read: (response: HttpResponse) => T): Promise<T>;
  onRemark: OnRemark | undefined;
  close(): Promise<void>;
};

/** Also the number of requests lost in an outage before the circuit opens. */
const concurrency = 4;

export function createSession(
  { baseUrl, sessionToken, network }: { baseUrl: string; sessionToken: string; network?: Network },
  monitor: UpstreamMonitor,
): Session {
  const { origin, pathname } = new URL(baseUrl);
  const prefix = pathname.replace(/\/+$/, '');
  const headers = { accept: 'application/vnd.api+json', 'x-session-token': sessionToken };
  const http = createHttpClient({ upstream: 'CTRL_HUB', origin, monitor, concurrency, network });
  return {
    get: (resource, query, toDomain) =>
      http.send({
        ...{ method: 'GET', route: resource.route, isSafe: true },
        prepare: () => ({ target: `${prefix}${resource.path}?${query}`, headers }),
        read: (response) => {
          if (response.status !== 200) throw failureOf(response, resource);
          const context: JsonContext = {
            upstream: 'CTRL_HUB',
            subject: resource.subject,
            traceId: traceIdOf(response.headers),
          };
          return toDomain(parseJson(response.text, listDocument, context));
        },
        rowsIn: ({ received }) => received,
      }),
    post: (path, document, read) =>
      http.send({
        ...{ method: 'POST', route: path, isSafe: false },
        prepare: () => ({
          target: `${prefix}${path}`,
          headers: { ...headers, 'content-type': 'application/vnd.api+json' },
          body: document,
        }),
        read,
      }),
    onRemark: network?.onRemark,
    close: () => http.close(),
  };
}
