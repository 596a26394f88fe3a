import { type Dispatcher, EnvHttpProxyAgent, Pool, fetch as undiciFetch } from 'undici';
import { isLoopback, unbracketed } from './loopback.ts';
import type { OnRemark } from './remark.ts';
import type { SeenResponse } from './seen-response.ts';

/** As HTTP_PROXY, HTTPS_PROXY and NO_PROXY say; empty texts for none. An address may hold credentials. */
export type Proxies = { httpProxy: string; httpsProxy: string; noProxy: string };

/** How this deployment reaches what it asks. */
export type Network = {
  proxies: Proxies;
  /** A Retry-After of more than this counts as this: then one request finds out. */
  maxRetryAfterSeconds: number;
  /** Called with every response, for whoever watches; it changes nothing. */
  onResponse?: (seen: SeenResponse) => void;
  /** Called each time that an upstream is seen to do otherwise than it was asked, and is understood nevertheless. */
  onRemark?: OnRemark;
};

export const noProxies: Proxies = { httpProxy: '', httpsProxy: '', noProxy: '' };

export const defaultNetwork: Network = { proxies: noProxies, maxRetryAfterSeconds: 900 };

/** Connections to one origin, through the proxy for it where there is one. This machine is never asked through a proxy. */
export function createDispatcher(origin: string, connections: number, proxies: Proxies): Dispatcher {
  const options = { connections, pipelining: 1 };
  return mayNeedProxy(origin, proxies)
    ? new EnvHttpProxyAgent({ ...options, ...proxies })
    : new Pool(new URL(origin).origin, options);
}

/** What is used of `fetch`. */
export type Fetch = (
  url: string,
  init: { method: 'GET'; headers: Headers; redirect: 'manual'; signal: AbortSignal },
) => Promise<{ status: number; body: AsyncIterable<Uint8Array> | null }>;

/** `fetch` for one address, through the proxy for it where there is one. */
export function fetchThrough(address: string, proxies: Proxies): Fetch {
  if (!mayNeedProxy(address, proxies)) return fetch;
  const dispatcher = new EnvHttpProxyAgent(proxies);
  return (url, init) => undiciFetch(url, { ...init, headers: Object.fromEntries(init.headers), dispatcher });
}

/** Whether a proxy may be asked for it: never for this machine. */
export function mayNeedProxy(address: string, { httpProxy, httpsProxy }: Proxies): boolean {
  const { hostname } = new URL(address);
  return (httpProxy !== '' || httpsProxy !== '') && !isLoopback(unbracketed(hostname));
}
