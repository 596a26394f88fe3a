import { mayNeedProxy, type Proxies } from './network.ts';

/** The proxy for an address, and the variable that names it. */
export type ProxyRoute = { variable: 'HTTPS_PROXY' | 'HTTP_PROXY'; url: URL };

/** Null for an address without a proxy. Follows the rules of undici's EnvHttpProxyAgent, which sends the requests. */
export function proxyRouteTo(address: string, proxies: Proxies): ProxyRoute | null {
  if (!mayNeedProxy(address, proxies) || isExempt(new URL(address), proxies.noProxy)) return null;
  const { httpProxy, httpsProxy } = proxies;
  const isSecure = new URL(address).protocol === 'https:' && httpsProxy !== '';
  const chosen = isSecure ? httpsProxy : httpProxy;
  return chosen === '' ? null : { variable: isSecure ? 'HTTPS_PROXY' : 'HTTP_PROXY', url: new URL(chosen) };
}

function isExempt({ protocol, port, hostname }: URL, noProxy: string): boolean {
  if (noProxy === '*') return true;
  const effectivePort = Number(port) || (protocol === 'https:' ? 443 : 80);
  return noProxy
    .split(/[,\s]/)
    .filter((entry) => entry !== '')
    .some((entry) => {
      const [, name = entry, only] = /^(.+):(\d+)$/.exec(entry) ?? [];
      const exempt = name.replace(/^\*?\./, '').toLowerCase();
      const isPort = only === undefined || Number(only) === effectivePort;
      return isPort && (hostname === exempt || hostname.endsWith(`.${exempt}`));
    });
}
