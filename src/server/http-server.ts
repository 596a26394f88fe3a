import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { headersTimeoutMs, requestTimeoutMs, timeoutCheckMs } from './limits/limits.ts';

export type HttpServer = {
  /** For people and probes on this machine. */
  url: string;
  /** Stops accepting, lets running requests finish, and cuts those that are still running after `graceMs`. */
  stop(graceMs: number): Promise<void>;
};

/** Slow requests are answered with 408 and cut off: they hold a connection, and do so on purpose or never come to an end. */
export type RequestTimeouts = {
  headersTimeout: number;
  requestTimeout: number;
  connectionsCheckingInterval: number;
};

const defaultTimeouts: RequestTimeouts = {
  headersTimeout: headersTimeoutMs,
  requestTimeout: requestTimeoutMs,
  connectionsCheckingInterval: timeoutCheckMs,
};

/** The listener around the endpoint: liveness, readiness, and a way from the bare address to GraphiQL. */
export async function listen(
  graph: RequestListener,
  { host, port }: { host: string; port: number },
  timeouts = defaultTimeouts,
): Promise<HttpServer> {
  let isStopping = false;

  const routes: Record<string, RequestListener> = {
    '/healthz': (_, response) => answer(response, 200, { status: 'ok' }),
    '/readyz': (_, response) => answer(response, isStopping ? 503 : 200, { status: isStopping ? 'stopping' : 'ready' }),
    '/': (_, response) => void response.writeHead(302, { location: '/graphql' }).end(),
  };

  const server = createServer(timeouts, (request: IncomingMessage, response: ServerResponse) => {
    if (isStopping) response.setHeader('connection', 'close');
    // A connection that was busy when the stop began would otherwise be kept for the client's next request.
    response.once('close', () => isStopping && setImmediate(() => server.closeIdleConnections()));
    const route = request.method === 'GET' || request.method === 'HEAD' ? routes[request.url ?? ''] : undefined;
    if (!isAddressedToSomebody(request)) answer(response, 400, { status: 'bad request' });
    else (route ?? graph)(request, response);
  });

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });

  return {
    url: urlOf(server, host),
    stop: async (graceMs) => {
      isStopping = true;
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      const cut = setTimeout(() => server.closeAllConnections(), graceMs);
      await closed;
      clearTimeout(cut);
    },
  };
}

/** Yoga puts Host and target together to an address, and fails on what is none. */
const isAddressedToSomebody = ({ headers, url = '' }: IncomingMessage): boolean =>
  url.startsWith('/') && URL.canParse(`http://${headers.host ?? 'localhost'}${url}`);

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify(body));
}

function urlOf(server: Server, host: string): string {
  const { port } = server.address() as AddressInfo;
  const name = ['127.0.0.1', '0.0.0.0', '::', '::1'].includes(host) ? 'localhost' : host;
  return `http://${name}:${port}/graphql`;
}
