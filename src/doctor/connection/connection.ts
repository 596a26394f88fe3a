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

/** An address of the configuration, and the variable that holds it. */
export type Place = { variable: string; address: string; proxies: Proxies };

/** The way to a place, step by step. Each step takes those before it, and throws an Obstacle. */
export type Connection = {
  variable: string;
  route: ProxyRoute | null;
  /** Of the host that is connected to: the proxy's, where there is one. */
  addresses(): Promise<LookupAddress[]>;
  /** Connects, and resolves with the milliseconds that it took. */
  reached(): Promise<number>;
  /** The proxy connects to the place. Resolves at once where there is none. */
  tunnelled(): Promise<void>;
  /** Whatever is asked of the place is asked after this last step. Resolves with what the certificate is like. */
  secured(): Promise<Finding>;
  close(): void;
};

const patienceMs = 6_000;

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
      throw new Obstacle(`The host of ${named} is not known (${codeOf(error)}).`, adviceOnHost(named, route));
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
      return new Obstacle(found, `Check ${named}, and that a firewall lets this machine out to that port.`);
    });
    return performance.now() - startedAt;
  });

  const tunnelled = once(async () => {
    await reached();
    if (route !== null && socket !== null) await askProxy(route, socket, target);
  });

  const secured = once(async () => {
    await tunnelled();
    if (!target.isSecure || socket === null) return ok('plain HTTP, on this machine');
    const servername = isIP(target.host) === 0 ? target.host : '';
    // Whatever is wrong with the certificate is to be told, and nothing is sent over this session.
    const tls = connectTls({ socket, servername, host: target.host, rejectUnauthorized: false });
    open.push(tls);
    const session = await settled(tls, 'secureConnect', (error) => {
      const found = `No TLS session with the host of ${variable} (${codeOf(error)}).`;
      return new Obstacle(found, `Check that ${variable} has the port of an HTTPS server.`);
    });
    return findCertificate(session, variable, now());
  });

  const close = () => {
    // A session before the socket that it is on: the other way about Node itself crashes.
    for (const it of open.toReversed()) it.destroy();
  };
  return { variable, route, addresses, reached, tunnelled, secured, close };
}

type End = { host: string; port: number; isSecure: boolean };

function endOf({ hostname, port, protocol }: URL): End {
  const isSecure = protocol === 'https:';
  return { host: unbracketed(hostname), port: Number(port) || (isSecure ? 443 : 80), isSecure };
}

function settled<It extends Socket>(socket: It, event: string, obstacle: (error: unknown) => Obstacle): Promise<It> {
  return new Promise((resolve, reject) => {
    const fail = (error: unknown) => {
      socket.destroy();
      reject(obstacle(error));
    };
    // Later errors of a socket that nobody needs any longer are nobody's.
    socket.on('error', fail);
    socket.once('close', () => fail(Object.assign(new Error(), { code: 'ECONNRESET' })));
    socket.setTimeout(patienceMs, () => fail(Object.assign(new Error(), { code: 'ETIMEDOUT' })));
    socket.once(event, () => {
      socket.setTimeout(0);
      resolve(socket);
    });
  });
}

/** CONNECT, as undici sends it. */
function askProxy({ variable, url }: ProxyRoute, socket: Socket, { host, port }: End): Promise<void> {
  const place = `${isIP(host) === 6 ? `[${host}]` : host}:${port}`;
  const credentials = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  const authorization =
    url.username === '' ? {} : { 'proxy-authorization': `Basic ${Buffer.from(credentials).toString('base64')}` };
  const refusal = (reason: string) => {
    const advice =
      reason === 'HTTP 407'
        ? `Put the proxy's user and password into ${variable}: http://user:password@host:port.`
        : `Have the proxy let this host through, or name the host in NO_PROXY.`;
    return new Obstacle(`The proxy of ${variable} does not connect (${reason}).`, advice);
  };
  return new Promise((resolve, reject) => {
    const asked = request({
      ...{ method: 'CONNECT', path: place, headers: { host: place, ...authorization }, timeout: patienceMs },
      createConnection: () => socket,
    });
    asked.once('connect', ({ statusCode = 0 }) => {
      if (statusCode === 200) resolve();
      else reject(refusal(`HTTP ${statusCode}`));
    });
    asked.once('response', ({ statusCode }) => reject(refusal(`HTTP ${statusCode}`)));
    asked.once('timeout', () => reject(refusal('ETIMEDOUT')));
    asked.on('error', (error) => reject(refusal(codeOf(error))));
    asked.end();
  });
}

function adviceOnHost(named: string, route: ProxyRoute | null): string {
  if (route !== null) return `Check ${named}, and that this machine's DNS knows the proxy.`;
  return `Check ${named}; where only a proxy knows hosts outside, set HTTPS_PROXY.`;
}

/** Codes are telling, and free of addresses. */
function codeOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0]);
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown cause';
}
