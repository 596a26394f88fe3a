import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectionFailure } from '../../src/http/connection-failure.ts';
import { defaultNetwork, noProxies } from '../../src/http/network.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { cleanUp, emptyFolder } from '../process/child.ts';
import { startServer } from '../process/server.ts';
import {
  bearer,
  type Issuer,
  newSigningKey,
  type SigningKey,
  startIssuer,
  tokenAudience,
  tokenIssuer,
  tokenOf,
} from '../security/issuer.ts';
import { onStage } from './http-fixture.ts';
import { certificateFile, startProxy, startTlsFront, type TlsFront } from './proxy-fixture.ts';

let sandbox: Sandbox;
let issuer: Issuer;
let key: SigningKey;
let front: TlsFront;

beforeAll(async () => {
  sandbox = await startSandbox();
  key = await newSigningKey('current');
  issuer = await startIssuer([key]);
  front = await startTlsFront({
    'lucca.upstreams.example': sandbox.lucca.origin,
    'accounts.upstreams.example': sandbox.lucca.origin,
    'login.upstreams.example': new URL(issuer.url).origin,
  });
});
afterAll(async () => {
  await cleanUp();
  front.close();
  await Promise.all([issuer.stop(), sandbox.close()]);
});

/** A deployment whose Lucca, token endpoint and issuer are somewhere that only a proxy knows. */
const abroad = () => ({
  ...sandbox.env,
  LUCCA_BASE_URL: 'https://lucca.upstreams.example/lucca-api',
  LUCCA_TOKEN_URL: 'https://accounts.upstreams.example/connect/token',
  AUTH_MODE: 'jwt',
  AUTH_JWKS_URL: 'https://login.upstreams.example/keys',
  AUTH_ISSUER: tokenIssuer,
  AUTH_AUDIENCE: tokenAudience,
  NODE_EXTRA_CA_CERTS: certificateFile,
});

async function ask(env: Record<string, string>) {
  const server = startServer({ env });
  const token = await tokenOf(key, { scope: 'employees.readonly grades.readonly job-qualifications.readonly' });
  const response = await fetch(await server.url(), {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...bearer(token) },
    body: JSON.stringify({ query: '{ professions { totalCount } grades { totalCount } }' }),
  });
  const answer = { status: response.status, text: await response.text(), log: () => server.stderr };
  server.kill();
  await server.exit;
  return answer;
}

describe('a deployment behind a proxy', () => {
  it.each(['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY'])(
    'asks upstreams, token endpoint and issuer through it (%s), and this machine without it',
    async (name) => {
      const proxy = await startProxy(front.port);
      const { status, text } = await ask({ ...abroad(), [name]: `http://office:p%40ss@127.0.0.1:${proxy.port}` });
      expect(JSON.parse(text)).toEqual({
        data: { professions: { totalCount: expect.any(Number) }, grades: { totalCount: expect.any(Number) } },
        extensions: expect.anything(),
      });
      expect(status).toBe(200);
      const hosts = ['accounts.upstreams.example:443', 'login.upstreams.example:443', 'lucca.upstreams.example:443'];
      expect([...new Set(proxy.asked.map((it) => it.host))].sort()).toEqual(hosts);
      const credentials = `Basic ${Buffer.from('office:p@ss').toString('base64')}`;
      expect(new Set(proxy.asked.map((it) => it.credentials))).toEqual(new Set([credentials]));
      proxy.close();
    },
  );

  it('leaves the hosts of NO_PROXY to the network', async () => {
    const proxy = await startProxy(front.port);
    const env = { ...abroad(), HTTPS_PROXY: `http://127.0.0.1:${proxy.port}`, NO_PROXY: 'lucca.upstreams.example' };
    const { text, log } = await ask(env);
    expect(JSON.parse(text)).toMatchObject({ data: { professions: null, grades: { totalCount: expect.any(Number) } } });
    expect(log()).toMatch(/ENOTFOUND|EAI_AGAIN/);
    expect(proxy.asked.map((it) => it.host)).not.toContain('lucca.upstreams.example:443');
    proxy.close();
  });

  it('is told that a certificate is not trusted, and which variable helps', async () => {
    const proxy = await startProxy(front.port);
    front.received.length = 0;
    const nobody = join(emptyFolder(), 'empty.pem');
    writeFileSync(nobody, '');
    const env = {
      ...abroad(),
      AUTH_JWKS_URL: issuer.url,
      HTTPS_PROXY: `http://127.0.0.1:${proxy.port}`,
      NODE_EXTRA_CA_CERTS: nobody,
    };
    const { log } = await ask(env);
    expect(log()).toContain('The certificate is not trusted (DEPTH_ZERO_SELF_SIGNED_CERT)');
    expect(log()).toContain('NODE_EXTRA_CA_CERTS');
    expect(front.received).toEqual([]);
    proxy.close();
  });
});

describe('a proxy that does not connect', () => {
  it('is named, with its status and the variable', async () => {
    const proxy = await startProxy(front.port, 407);
    const network = { ...defaultNetwork, proxies: { ...noProxies, httpsProxy: `http://127.0.0.1:${proxy.port}` } };
    await onStage({ network, origin: 'https://lucca.upstreams.example' }, async ({ get }) => {
      await expect(get('/')).rejects.toMatchObject({
        code: 'UPSTREAM_UNAVAILABLE',
        message: 'The proxy did not connect (HTTP 407): check HTTPS_PROXY and NO_PROXY.',
        isTransient: false,
      });
    });
    expect(proxy.asked).toHaveLength(1);
    proxy.close();
  });

  it('is never asked for this machine', async () => {
    const network = { ...defaultNetwork, proxies: { ...noProxies, httpProxy: 'http://127.0.0.1:9' } };
    await onStage({ network }, async ({ get }) => expect(await get('/')).toBe('{}'));
  });
});

describe('the message about a connection that failed', () => {
  const failed = (code: string) => Object.assign(new Error('at 192.0.2.7'), { code });

  it.each([
    [
      failed('UNABLE_TO_VERIFY_LEAF_SIGNATURE'),
      /not trusted \(UNABLE_TO_VERIFY_LEAF_SIGNATURE\): .*NODE_EXTRA_CA_CERTS/,
    ],
    [failed('SELF_SIGNED_CERT_IN_CHAIN'), /not trusted \(SELF_SIGNED_CERT_IN_CHAIN\): .*a proxy that inspects TLS/],
    [failed('CERT_HAS_EXPIRED'), /not valid for this host and time \(CERT_HAS_EXPIRED\)/],
    [failed('ERR_TLS_CERT_ALTNAME_INVALID'), /not valid for this host and time/],
    [new Error('fetch failed', { cause: failed('ECONNREFUSED') }), /failed \(ECONNREFUSED\)/],
    [new Error('what'), /failed \(unknown cause\)/],
  ])('tells what it can, and no address (%#)', (cause, message) => {
    const error = connectionFailure('NAVER', cause);
    expect(error).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE', message: expect.stringMatching(message) });
    expect(error.message).not.toContain('192.0.2.7');
  });
});
