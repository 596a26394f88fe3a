import { EnvHttpProxyAgent } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noProxies, type Proxies } from '../../src/http/network.ts';
import { proxyRouteTo } from '../../src/http/proxy-route.ts';
import { type Proxy as AnyProxy, startProxy } from './proxy-fixture.ts';

let http: AnyProxy;
let https: AnyProxy;
beforeAll(async () => {
  [http, https] = await Promise.all([startProxy(9, 403), startProxy(9, 403)]);
});
afterAll(() => {
  http.close();
  https.close();
});

/** The proxy that the sending library asks, if any. */
async function askedBy(address: string, proxies: Proxies): Promise<string | null> {
  for (const proxy of [http, https]) proxy.asked.length = 0;
  const agent = new EnvHttpProxyAgent({ ...proxies, connect: { timeout: 200 } });
  await agent.request({ origin: address, path: '/', method: 'GET', headersTimeout: 200 }).catch(() => undefined);
  await agent.close();
  if (https.asked.length > 0) return 'HTTPS_PROXY';
  return http.asked.length > 0 ? 'HTTP_PROXY' : null;
}

describe('the way to an address', () => {
  it.each([
    ['https://hub.upstreams.invalid', '', 'HTTPS_PROXY'],
    ['https://hub.upstreams.invalid', 'elsewhere.invalid', 'HTTPS_PROXY'],
    ['https://hub.upstreams.invalid', 'upstreams.invalid', null],
    ['https://hub.upstreams.invalid', '.upstreams.invalid', null],
    ['https://hub.upstreams.invalid', '*.UPSTREAMS.invalid', null],
    ['https://hub.upstreams.invalid', 'streams.invalid', 'HTTPS_PROXY'],
    ['https://hub.upstreams.invalid', 'a.invalid hub.upstreams.invalid:443', null],
    ['https://hub.upstreams.invalid', 'hub.upstreams.invalid:8443', 'HTTPS_PROXY'],
    ['https://hub.upstreams.invalid:8443', 'a.invalid,hub.upstreams.invalid:8443', null],
    ['https://hub.upstreams.invalid', '*', null],
  ])('%s, without a proxy for "%s", is that on which the request goes: %s', async (address, noProxy, variable) => {
    const proxies = {
      httpProxy: `http://127.0.0.1:${http.port}`,
      httpsProxy: `http://127.0.0.1:${https.port}`,
      noProxy,
    };
    expect(proxyRouteTo(address, proxies)?.variable ?? null).toBe(variable);
    expect(await askedBy(address, proxies)).toBe(variable);
  });

  it('is by HTTP_PROXY where there is no HTTPS_PROXY, and never by one to this machine', async () => {
    const proxies = { ...noProxies, httpProxy: `http://127.0.0.1:${http.port}` };
    expect(proxyRouteTo('https://hub.upstreams.invalid', proxies)?.variable).toBe('HTTP_PROXY');
    expect(await askedBy('https://hub.upstreams.invalid', proxies)).toBe('HTTP_PROXY');
    expect(proxyRouteTo('https://localhost:4101', proxies)).toBeNull();
    expect(proxyRouteTo('https://hub.upstreams.invalid', noProxies)).toBeNull();
  });
});
