import { type Dispatcher, EnvHttpProxyAgent, Pool, fetch as undiciFetch } from 'undici';
import { isLoopback, unbracketed } from './loopback.ts';
import type { OnRemark } from './remark.ts';
import type { SeenResponse } from './seen-response.ts';

/** The values of HTTP_PROXY, HTTPS_PROXY and NO_PROXY; empty if not set. An address can hold credentials. */
export type Proxies = { httpProxy: string; httpsProxy: string; noProxy: string };

/** How this deployment reaches the upstreams. */
export type Network = {
  proxies: Proxies;
  /** A longer Retry-After is cut to this; then one request probes. */
  maxRetryAfterSeconds: number;
  /** Observes every response. */
  onResponse?: (seen: SeenResponse) => void;
  /** Called whenever an upstream deviates from the request or from its documents, and the client copes with it. */
  onRemark?: OnRemark;
};

export const noProxies: Proxies = { httpProxy: '', httpsProxy: '', noProxy: '' };

export const defaultNetwork: Network = { proxies: noProxies, maxRetryAfterSeconds: 900 };

/** Creates the connections to one origin, through its proxy if it has one. Loopback addresses never use a proxy. */
export function createDispatcher(origin: string, connections: number, proxies: Proxies): Dispatcher {
  const options = { connections, pipelining: 1 };
  return mayNeedProxy(origin, proxies)
    ? new EnvHttpProxyAgent({ ...options, ...proxies })
    : new Pool(new URL(origin).origin, options);
}

/** The part of `fetch` that is used. */
export type Fetch = (
  url: string,
  init: { method: 'GET'; headers: Headers; redirect: 'manual'; signal: AbortSignal },
) => Promise<{ status: number; body: AsyncIterable<Uint8Array> | null }>;

/** `fetch` for one address, through its proxy if it has one. */
export function fetchThrough(address: string, proxies: Proxies): Fetch {
  if (!mayNeedProxy(address, proxies)) return fetch;
  const dispatcher = new EnvHttpProxyAgent(proxies);
  return (url, init) => undiciFetch(url, { ...init, headers: Object.fromEntries(init.headers), dispatcher });
}

/** Whether a proxy may serve the address; false for loopback addresses. */
export function mayNeedProxy(address: string, { httpProxy, httpsProxy }: Proxies): boolean {
  const { hostname } = new URL(address);
  return (httpProxy !== '' || httpsProxy !== '') && !isLoopback(unbracketed(hostname));
}
