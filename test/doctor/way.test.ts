import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { certificateFile, startProxy, startTlsFront } from '../http/proxy-fixture.ts';
import { cleanUp } from '../process/child.ts';
import { pemFile, reset, type Variables } from './doctor-fixture.ts';
import { doctor } from './program.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ luccaRateLimit: null });
});
afterEach(() => reset(sandbox));
afterAll(async () => {
  await cleanUp();
  await sandbox.close();
});

describe('the way to a system', () => {
  /** Ctrl Hub behind TLS. */
  async function behind(pem: string, env: Variables, host = 'localhost') {
    const front = await startTlsFront({ '*': sandbox.ctrlHub.origin }, pem);
    const address = `https://${host}:${front.port}`;
    const result = await doctor({ ...sandbox.env, CTRL_HUB_BASE_URL: address, ...env });
    const received = front.received.length;
    front.close();
    const section = result.out.slice(result.out.indexOf('\nCtrl Hub')).replaceAll(/\s+/g, ' ');
    return { code: result.code, section, received };
  }

  it.each([
    [
      'has expired',
      pemFile('expired'),
      pemFile('expired'),
      /✗ TLS The certificate expired on 2021-02-03\. → The operator/,
    ],
    [
      'is not valid yet',
      pemFile('future'),
      pemFile('future'),
      /✗ TLS The certificate is valid from 2110-01-01 on\. → .*clock/,
    ],
    [
      'is of another host',
      certificateFile,
      certificateFile,
      /✗ TLS The certificate does not match the host .*→ Check CTRL_HUB_BASE_URL/,
    ],
    [
      'is trusted by nobody',
      pemFile('localhost'),
      undefined,
      /✗ TLS .*does not trust .*SELF_SIGNED.*→ .*NODE_EXTRA_CA_CERTS/,
    ],
  ])('whose certificate %s is told, and nothing is sent there', async (_, pem, trusted, finding) => {
    const { code, section, received } = await behind(pem, { NODE_EXTRA_CA_CERTS: trusted });
    expect(code).toBe(1);
    expect(section).toMatch(finding);
    expect(section).toMatch(/– Not checked Sign-in, .*: needs what failed under TLS/);
    expect(received).toBe(0);
  });

  it('is well over TLS', async () => {
    const { code, section } = await behind(pemFile('localhost'), { NODE_EXTRA_CA_CERTS: pemFile('localhost') });
    expect(section).toMatch(/✓ TLS TLSv1\.3, the certificate is valid until 2120-01-01/);
    expect(section).toContain('✓ Sign-in');
    expect(code).toBe(0);
  });

  it.each([
    [
      200,
      /✓ DNS 1 address of the proxy of HTTPS_PROXY.*✓ Proxy the proxy of HTTPS_PROXY connects ✓ TLS .*✓ Sign-in/,
      0,
    ],
    [
      407,
      /✗ Proxy The proxy of HTTPS_PROXY does not connect \(HTTP 407\)\. → Put the proxy's user and password into/,
      1,
    ],
    [403, /✗ Proxy The proxy of HTTPS_PROXY does not connect \(HTTP 403\)\. → Allow this host on the proxy/, 1],
  ])('leads through a proxy that answers with %i', async (status, finding, expected) => {
    const front = await startTlsFront({ '*': sandbox.ctrlHub.origin });
    const proxy = await startProxy(front.port, status);
    const { code, out } = await doctor({
      ...sandbox.env,
      CTRL_HUB_BASE_URL: 'https://hub.upstreams.example',
      HTTPS_PROXY: `http://office:p%40ss-phrase@127.0.0.1:${proxy.port}`,
      NODE_EXTRA_CA_CERTS: certificateFile,
    });
    expect(out.slice(out.indexOf('\nCtrl Hub')).replaceAll(/\s+/g, ' ')).toMatch(finding);
    expect(code).toBe(expected);
    expect(new Set(proxy.asked.map((it) => it.host))).toEqual(new Set(['hub.upstreams.example:443']));
    expect(out).not.toMatch(/office|p@ss|p%40ss/);
    proxy.close();
    front.close();
  });

  it('leads through a proxy that is not there', async () => {
    const { code, out } = await doctor({
      ...sandbox.env,
      CTRL_HUB_BASE_URL: 'https://hub.upstreams.example',
      HTTPS_PROXY: 'http://127.0.0.1:9',
    });
    expect(out.replaceAll(/\s+/g, ' ')).toMatch(
      /✗ Connection No connection to the host of HTTPS_PROXY, port 9 \(ECONNREFUSED\)/,
    );
    expect(code).toBe(1);
  });
});
