import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, isIPv6 } from 'node:net';
import type { Duplex } from 'node:stream';
import { maxParsedHeadBytes, refuseConnection } from './edge/refuse-connection.ts';
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
    // Relative to the address that was asked for: an ingress may have taken a prefix from it.
    '/': (_, response) => void response.writeHead(302, { location: 'graphql' }).end(),
  };

  const lastResponses = new WeakMap<Duplex, ServerResponse>();
  const options = { ...timeouts, maxHeaderSize: maxParsedHeadBytes };
  const server = createServer(options, (request: IncomingMessage, response: ServerResponse) => {
    lastResponses.set(request.socket, response);
    if (isStopping) response.setHeader('connection', 'close');
    // A connection that was busy when the stop began would otherwise be kept for the client's next request.
    response.once('close', () => isStopping && setImmediate(() => server.closeIdleConnections()));
    const route = request.method === 'GET' || request.method === 'HEAD' ? routes[request.url ?? ''] : undefined;
    if (!isAddressedToSomebody(request)) answer(response, 400, { status: 'bad request' });
    else (route ?? graph)(request, response);
  });

  server.on('clientError', (error, socket) => refuseConnection(error, socket, lastResponses.get(socket)));

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
  return `http://${nameOf(host)}:${port}/graphql`;
}

/** An address that a browser on this machine can open, whatever form of it the server listens to. */
function nameOf(host: string): string {
  const name = host.toLowerCase().replace(/^::ffff:(?=[\d.]+$)/, '');
  if (['127.0.0.1', '0.0.0.0', '::', '::1'].includes(name)) return 'localhost';
  return isIPv6(name) ? `[${name}]` : name;
}
