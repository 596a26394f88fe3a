import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, isIPv6 } from 'node:net';
import type { Duplex } from 'node:stream';
import { Drain, type StopOptions } from './drain.ts';
import { maxParsedHeadBytes, refuseConnection } from './edge/refuse-connection.ts';
import { bodyTimeoutMs, headersTimeoutMs, timeoutCheckMs } from './limits/limits.ts';
import { createProbes } from './probes.ts';
import type { Readiness } from './readiness.ts';

export type HttpServer = {
  /** The address of the endpoint, for people and probes on this machine. */
  url: string;
  /** Serves for another `delayMs`, lets running requests finish, and cuts off those that still run after `graceMs`. */
  stop(options: StopOptions): Promise<void>;
};

export type ListenOptions = {
  host: string;
  port: number;
  /** How long an idle connection stays open; default: Node's 5 seconds. */
  keepAliveSeconds?: number;
  /** The body of `/readyz`; by default it only says that the process serves. */
  readiness?: () => Readiness;
  /** Not ready until all people are read once. */
  readyNeedsDirectory?: boolean;
};

const alwaysReady = (): Readiness => ({ hasDirectory: true, upstreams: {} });

/** A request that arrives too slowly gets 408 and is cut off, because it occupies a connection. */
export type RequestTimeouts = {
  headersTimeout: number;
  requestTimeout: number;
  connectionsCheckingInterval: number;
};

const timeoutsBeyond = (keepAliveMs: number): RequestTimeouts => ({
  headersTimeout: keepAliveMs + headersTimeoutMs,
  requestTimeout: keepAliveMs + headersTimeoutMs + bodyTimeoutMs,
  connectionsCheckingInterval: timeoutCheckMs,
});

/** Starts the HTTP server: the graph, and the routes for liveness and readiness. */
export async function listen(
  graph: RequestListener,
  { host, port, keepAliveSeconds = 5, readiness = alwaysReady, readyNeedsDirectory = false }: ListenOptions,
  timeouts = timeoutsBeyond(keepAliveSeconds * 1000),
): Promise<HttpServer> {
  const probes = createProbes({ isStopping: () => drain.isStopping, readiness, needsDirectory: readyNeedsDirectory });
  const routes: Record<string, RequestListener> = {
    '/healthz': probes.isAlive,
    '/readyz': probes.isReady,
  };

  const lastResponses = new WeakMap<Duplex, ServerResponse>();
  const options = { ...timeouts, keepAliveTimeout: keepAliveSeconds * 1000, maxHeaderSize: maxParsedHeadBytes };
  const server = createServer(options, (request: IncomingMessage, response: ServerResponse) => {
    lastResponses.set(request.socket, response);
    drain.watch(response);
    drain.serve(() => serve(request, response));
  });

  function serve(request: IncomingMessage, response: ServerResponse): void {
    const route = request.method === 'GET' || request.method === 'HEAD' ? routes[pathOf(request)] : undefined;
    if (!hasValidUrl(request)) respond(response, 400, { status: 'bad request' });
    else (route ?? graph)(request, response);
  }

  const drain = new Drain(server);
  server.on('clientError', (error, socket) => refuseConnection(error, socket, lastResponses.get(socket)));

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });

  return { url: urlOf(server, host), stop: (options) => drain.stop(options) };
}

/** Ignores the query string, which a probe may add. */
const pathOf = ({ url = '' }: IncomingMessage): string => url.split('?', 1)[0] ?? '';

/** Yoga builds a URL from Host and target, and throws if the URL is invalid. */
const hasValidUrl = ({ headers, url = '' }: IncomingMessage): boolean =>
  url.startsWith('/') && URL.canParse(`http://${headers.host ?? 'localhost'}${url}`);

function respond(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify(body));
}

function urlOf(server: Server, host: string): string {
  const { port } = server.address() as AddressInfo;
  return `http://${nameOf(host)}:${port}/graphql`;
}

/** The host as a browser on this machine can open it, for every form of address that the server may listen on. */
function nameOf(host: string): string {
  const name = host.toLowerCase().replace(/^::ffff:(?=[\d.]+$)/, '');
  if (['127.0.0.1', '0.0.0.0', '::', '::1'].includes(name)) return 'localhost';
  return isIPv6(name) ? `[${name}]` : name;
}
