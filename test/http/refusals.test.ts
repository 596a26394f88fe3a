import { describe, expect, it } from 'vitest';
import { UpstreamError } from '../../src/errors.ts';
import { Refusals } from '../../src/http/refusals.ts';
import { codeOf, onStage, times, until } from './http-fixture.ts';

const list = { method: 'GET', route: '/grade' };
const other = { method: 'GET', route: '/job' };

const refusal = (refused: 'credential' | 'request') =>
  new UpstreamError({
    code: 'UPSTREAM_AUTH_FAILED',
    upstream: 'NAVER',
    message: 'Expected the grade list, got HTTP 401. Check the keys.',
    status: 401,
    vendorCode: '200',
    traceId: 'trace-1',
    refused,
  });

/** Refusals with a clock that moves when it is told to, and a vendor that refuses while `error` is set. */
function stage() {
  let now = 0;
  let sent = 0;
  const refusals = new Refusals(() => now);
  const vendor: { error: Error | null } = { error: null };
  const ask = (endpoint = list) =>
    refusals.run(endpoint, async () => {
      sent += 1;
      await Promise.resolve();
      if (vendor.error !== null) throw vendor.error;
      return 'served';
    });
  return {
    refusals,
    vendor,
    ask,
    passSeconds: (seconds: number) => {
      now += seconds * 1000;
    },
    /** How many were sent since it was last called. */
    sent: () => {
      const count = sent;
      sent = 0;
      return count;
    },
  };
}

describe('A refused credential', () => {
  it('is not sent again before its pause has ended, and the refusal is told again with the time that is left', async () => {
    const { vendor, ask, passSeconds, sent } = stage();
    vendor.error = refusal('credential');
    await expect(ask()).rejects.toMatchObject({ code: 'UPSTREAM_AUTH_FAILED', retryAfterSeconds: 2, isUnsent: false });
    passSeconds(0.5);
    const { message } = vendor.error;
    const same = { code: 'UPSTREAM_AUTH_FAILED', message, status: 401, vendorCode: '200', traceId: 'trace-1' };
    await expect(ask()).rejects.toMatchObject({ ...same, retryAfterSeconds: 2, isUnsent: true, isTransient: false });
    await expect(ask(other)).rejects.toMatchObject({ ...same, retryAfterSeconds: 2 });
    expect(sent()).toBe(1);
  });

  it('is tried once after each pause, and pauses double up to a minute', async () => {
    const { vendor, ask, passSeconds, sent } = stage();
    vendor.error = refusal('credential');
    await codeOf(ask());
    for (const seconds of [2, 4, 8, 16, 32, 60, 60]) {
      sent();
      passSeconds(seconds - 0.01);
      await codeOf(ask());
      expect(sent()).toBe(0);
      passSeconds(0.02);
      expect(await Promise.all(times(5, () => codeOf(ask())))).toEqual(Array(5).fill('UPSTREAM_AUTH_FAILED'));
      expect(sent()).toBe(1);
    }
  });

  it('serves all who wait for the try that succeeds, and begins with a short pause when it is refused anew', async () => {
    const { refusals, vendor, ask, passSeconds, sent } = stage();
    vendor.error = refusal('credential');
    await codeOf(ask());
    passSeconds(2);
    await codeOf(ask());
    expect(refusals.isCredentialRefused).toBe(true);
    passSeconds(4);
    vendor.error = null;
    expect(await Promise.all([ask(), ask(other), ask()])).toEqual(['served', 'served', 'served']);
    expect(refusals.isCredentialRefused).toBe(false);
    vendor.error = refusal('credential');
    await expect(ask()).rejects.toMatchObject({ retryAfterSeconds: 2 });
    expect(sent()).toBe(6);
  });

  it('pauses once for all requests that were refused together', async () => {
    const { vendor, ask, sent } = stage();
    vendor.error = refusal('credential');
    await Promise.all(times(3, () => codeOf(ask())));
    expect(sent()).toBe(3);
    await expect(ask()).rejects.toMatchObject({ retryAfterSeconds: 2 });
  });

  it('is tried by the next request where the try came to nothing', async () => {
    const { vendor, ask, passSeconds, sent } = stage();
    vendor.error = refusal('credential');
    await codeOf(ask());
    passSeconds(2);
    vendor.error = new UpstreamError({ code: 'UPSTREAM_UNAVAILABLE', upstream: 'NAVER', message: 'Gone.' });
    expect(await codeOf(ask())).toBe('UPSTREAM_UNAVAILABLE');
    vendor.error = null;
    expect(await ask()).toBe('served');
    expect(sent()).toBe(3);
  });
});

describe('A refused request', () => {
  it('holds back requests of its method and path alone', async () => {
    const { vendor, ask, sent } = stage();
    vendor.error = refusal('request');
    await codeOf(ask());
    vendor.error = null;
    expect(await codeOf(ask())).toBe('UPSTREAM_AUTH_FAILED');
    expect(await ask(other)).toBe('served');
    expect(await ask({ ...list, method: 'POST' })).toBe('served');
    expect(sent()).toBe(3);
  });

  it('shows that the credential is known', async () => {
    const { refusals, vendor, ask, passSeconds } = stage();
    vendor.error = refusal('credential');
    await codeOf(ask());
    passSeconds(2);
    vendor.error = refusal('request');
    await codeOf(ask());
    expect(refusals.isCredentialRefused).toBe(false);
    vendor.error = null;
    expect(await ask(other)).toBe('served');
  });
});

describe('A client whose credential is refused', () => {
  it('fails at once, also where the rate limit has no room', () =>
    onStage({ allowance: { count: 3, seconds: 3_600 } }, async ({ server, get, arrived, monitor, waiting }) => {
      server.inject({ times: 100, reply: { status: 401 } });
      await Promise.all(times(3, () => codeOf(get('/'))));
      expect(monitor.health).toBe('DOWN');
      expect(monitor.lastError).toMatch(/^UPSTREAM_AUTH_FAILED/);
      const codes = times(20, () => codeOf(get('/')));
      expect(new Set(await Promise.all(codes))).toEqual(new Set(['UPSTREAM_AUTH_FAILED']));
      expect(waiting()).toBe(0);
      expect(arrived()).toHaveLength(3);
      expect(monitor.circuit.status.state).toBe('CLOSED');
    }));

  it('does not open the circuit, nor close it, by what it holds back', () =>
    onStage({ concurrency: 1 }, async ({ server, get, monitor }) => {
      server.inject({ times: 3, reply: { status: 503 } });
      await codeOf(get('/'));
      server.inject({ times: 1, reply: { status: 401 } });
      await codeOf(get('/'));
      await codeOf(get('/'));
      expect(monitor.circuit.status.state).toBe('CLOSED');
      await until(() => monitor.refusals?.isCredentialRefused === true);
    }));
});
