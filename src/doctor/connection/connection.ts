import { promises as dns, type LookupAddress } from 'node:dns';
import { request } from 'node:http';
import { connect, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { unbracketed } from '../../http/loopback.ts';
import type { Proxies } from '../../http/network.ts';
import { type ProxyRoute, proxyRouteTo } from '../../http/proxy-route.ts';
import { type Finding, Obstacle, ok } from '../finding.ts';
import { once } from '../once.ts';
import { findCertificate } from './certificate.ts';

/** An address of the configuration, the variable that holds it, and the proxies. */
export type Place = { variable: string; address: string; proxies: Proxies };

/** The steps of connecting to a place. Each step runs the earlier ones first, and throws an Obstacle on failure. */
export type Connection = {
  variable: string;
  route: ProxyRoute | null;
  /** Of the host to connect to: the proxy, if there is one, else the place. */
  addresses(): Promise<LookupAddress[]>;
  /** Opens the TCP connection, and resolves with the milliseconds that it took. */
  reached(): Promise<number>;
  /** Lets the proxy connect to the place. Resolves at once without a proxy. */
  tunnelled(): Promise<void>;
  /** The last step, TLS. Requests to the place need it. Resolves with the finding about the certificate. */
  secured(): Promise<Finding>;
  close(): void;
};

const timeoutMs = 6_000;

export function createConnection({ variable, address, proxies }: Place, now: () => number = Date.now): Connection {
  const target = endOf(new URL(address));
  const route = proxyRouteTo(address, proxies);
  const first = route === null ? target : endOf(route.url);
  const named = route === null ? variable : route.variable;
  const open: Socket[] = [];
  let socket: Socket | null = null;

  const addresses = once(async () => {
    try {
      return await dns.lookup(first.host, { all: true });
    } catch (error) {
      throw new Obstacle(`The host of ${named} is unknown (${codeOf(error)}).`, adviceOnHost(named, route));
    }
  });

  const reached = once(async () => {
    await addresses();
    const startedAt = performance.now();
    const { host, port, isSecure } = first;
    const connecting = isSecure && route !== null ? connectTls({ host, port }) : connect({ host, port });
    open.push(connecting);
    socket = await settled(connecting, isSecure && route !== null ? 'secureConnect' : 'connect', (error) => {
      const found = `No connection to the host of ${named}, port ${port} (${codeOf(error)}).`;
      return new Obstacle(found, `Check ${named}, and that no firewall blocks this port.`);
    });
    return performance.now() - startedAt;
  });

  const tunnelled = once(async () => {
    await reached();
    if (route !== null && socket !== null) await connectThroughProxy(route, socket, target);
  });

  const secured = once(async () => {
    await tunnelled();
    if (!target.isSecure || socket === null) return ok('plain HTTP, on this machine');
    const servername = isIP(target.host) === 0 ? target.host : '';
    // Accepts any certificate in order to report its problem. Nothing is sent over this connection.
    const tls = connectTls({ socket, servername, host: target.host, rejectUnauthorized: false });
    open.push(tls);
    const session = await settled(tls, 'secureConnect', (error) => {
      const found = `No TLS session with the host of ${variable} (${codeOf(error)}).`;
      return new Obstacle(found, `Check that ${variable} has the port of an HTTPS server.`);
    });
    return findCertificate(session, variable, now());
  });

  const close = () => {
    // Destroys a TLS session before its socket: Node crashes in the other order.
    for (const opened of open.toReversed()) opened.destroy();
  };
  return { variable, route, addresses, reached, tunnelled, secured, close };
}

type End = { host: string; port: number; isSecure: boolean };

function endOf({ hostname, port, protocol }: URL): End {
  const isSecure = protocol === 'https:';
  return { host: unbracketed(hostname), port: Number(port) || (isSecure ? 443 : 80), isSecure };
}

function settled<S extends Socket>(socket: S, event: string, obstacle: (error: unknown) => Obstacle): Promise<S> {
  return new Promise((resolve, reject) => {
    const fail = (error: unknown) => {
      socket.destroy();
      reject(obstacle(error));
    };
    // Stays attached, so that a later error of an abandoned socket is not unhandled.
    socket.on('error', fail);
    socket.once('close', () => fail(Object.assign(new Error(), { code: 'ECONNRESET' })));
    socket.setTimeout(timeoutMs, () => fail(Object.assign(new Error(), { code: 'ETIMEDOUT' })));
    socket.once(event, () => {
      socket.setTimeout(0);
      resolve(socket);
    });
  });
}

/** Sends CONNECT in the same way as undici. */
function connectThroughProxy({ variable, url }: ProxyRoute, socket: Socket, { host, port }: End): Promise<void> {
  const place = `${isIP(host) === 6 ? `[${host}]` : host}:${port}`;
  const credentials = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  const authorization =
    url.username === '' ? {} : { 'proxy-authorization': `Basic ${Buffer.from(credentials).toString('base64')}` };
  const refusal = (reason: string) => {
    const advice =
      reason === 'HTTP 407'
        ? `Put the proxy's user and password into ${variable}: http://user:password@host:port.`
        : `Allow this host on the proxy, or name the host in NO_PROXY.`;
    return new Obstacle(`The proxy of ${variable} does not connect (${reason}).`, advice);
  };
  return new Promise((resolve, reject) => {
    const connectRequest = request({
      ...{ method: 'CONNECT', path: place, headers: { host: place, ...authorization }, timeout: timeoutMs },
      createConnection: () => socket,
    });
    connectRequest.once('connect', ({ statusCode = 0 }) => {
      if (statusCode === 200) resolve();
      else reject(refusal(`HTTP ${statusCode}`));
    });
    connectRequest.once('response', ({ statusCode }) => reject(refusal(`HTTP ${statusCode}`)));
    connectRequest.once('timeout', () => reject(refusal('ETIMEDOUT')));
    connectRequest.on('error', (error) => reject(refusal(codeOf(error))));
    connectRequest.end();
  });
}

function adviceOnHost(named: string, route: ProxyRoute | null): string {
  if (route !== null) return `Check ${named}, and that this machine's DNS knows the proxy.`;
  return `Check ${named}. If only a proxy can resolve external hosts, set HTTPS_PROXY.`;
}

/** The error code, which names the cause without an address. */
function codeOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0]);
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown cause';
}
