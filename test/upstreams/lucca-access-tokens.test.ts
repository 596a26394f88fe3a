import { describe, expect, it, vi } from 'vitest';
import { Activity } from '../../src/domain/activity.ts';
import { UpstreamMonitor } from '../../src/http/monitor.ts';
import { createRequestContext, inContext } from '../../src/http/request-context.ts';
import { type Reply, startEmulator } from '../../src/sandbox/emulator.ts';
import { createAccessTokens } from '../../src/upstreams/lucca/access-tokens.ts';
import { createLuccaClient } from '../../src/upstreams/lucca/client.ts';
import { passSeconds } from '../helpers/time-passes.ts';
import { configOf, failureOf } from './lucca-fixture.ts';

/** A token endpoint that answers with `replies` in turn (the last one for ever), a clock, and the tokens under test. */
async function withEndpoint(replies: Reply[], play: (stage: Stage) => Promise<void>): Promise<void> {
  let count = 0;
  const server = await startEmulator(() => {
    count += 1;
    return replies[count - 1] ?? replies.at(-1) ?? { status: 500 };
  });
  let now = 0;
  const monitor = new UpstreamMonitor();
  const config = configOf({ baseUrl: server.origin, tokenUrl: `${server.origin}/connect/token?tenant=a%20b` });
  const tokens = createAccessTokens(config, monitor, () => now);
  try {
    const passSeconds = (seconds: number) => {
      now += seconds * 1000;
    };
    await play({ tokens, monitor, passSeconds, asked: () => server.requests.map((it) => it.target) });
  } finally {
    await tokens.close();
    await server.close();
  }
}

type Stage = {
  tokens: ReturnType<typeof createAccessTokens>;
  monitor: UpstreamMonitor;
  passSeconds: (seconds: number) => void;
  asked: () => string[];
};

const granted = (token: string, expiresIn?: unknown): Reply => ({
  status: 200,
  body: { access_token: token, token_type: 'Bearer', ...(expiresIn === undefined ? {} : { expires_in: expiresIn }) },
});

describe('Access tokens in time', () => {
  it.each([
    { expiresIn: 1800, renewedAfter: 1740 },
    { expiresIn: 300, renewedAfter: 240 },
    { expiresIn: 120, renewedAfter: 60 },
    { expiresIn: 90, renewedAfter: 45 },
    { expiresIn: 1, renewedAfter: 0.5 },
    { expiresIn: '1800', renewedAfter: 1740 },
    { expiresIn: undefined, renewedAfter: 240 },
    { expiresIn: null, renewedAfter: 240 },
    { expiresIn: 'half an hour', renewedAfter: 240 },
    { expiresIn: -1, renewedAfter: 240 },
  ])('are renewed $renewedAfter s after a grant for $expiresIn s', ({ expiresIn, renewedAfter }) =>
    withEndpoint(
      [granted('first', expiresIn), granted('second', expiresIn)],
      async ({ tokens, passSeconds, asked }) => {
        expect(await tokens.current()).toBe('first');
        passSeconds(renewedAfter - 0.01);
        expect(await tokens.current()).toBe('first');
        passSeconds(0.02);
        expect(await Promise.all([tokens.current(), tokens.current(), tokens.current()])).toEqual(
          Array(3).fill('second'),
        );
        expect(asked()).toEqual(['/connect/token?tenant=a%20b', '/connect/token?tenant=a%20b']);
      },
    ),
  );

  it('are used once where they last no time', () =>
    withEndpoint([granted('first', 0), granted('second', '0'), granted('third', 1800)], async ({ tokens, asked }) => {
      expect(await tokens.current()).toBe('first');
      expect(await tokens.current()).toBe('second');
      expect(await tokens.current()).toBe('third');
      expect(await tokens.current()).toBe('third');
      expect(asked()).toHaveLength(3);
    }));

  it('are read although a byte order mark comes before them', () =>
    withEndpoint(
      [{ status: 200, body: `\uFEFF${JSON.stringify({ access_token: 'first', expires_in: 1800 })}` }],
      async ({ tokens }) => expect(await tokens.current()).toBe('first'),
    ));

  it('come for those who wait, although whoever asked first hangs up', () =>
    withEndpoint([granted('first', 1800)], async ({ tokens, asked }) => {
      const hasty = new AbortController();
      const activity = new Activity({ name: 'Hasty', kind: 'operation' });
      const context = createRequestContext({ activity, priority: 'interactive', signal: hasty.signal });
      const first = inContext(context, () => tokens.current());
      const second = tokens.current();
      hasty.abort();
      await expect(first).rejects.toMatchObject({ name: 'AbortError' });
      expect(await second).toBe('first');
      expect(asked()).toHaveLength(1);
    }));

  it('are dropped when refused, but a newer one is not', () =>
    withEndpoint([granted('first', 1800), granted('second', 1800), granted('third', 1800)], async ({ tokens }) => {
      expect(await tokens.current()).toBe('first');
      tokens.reject('first');
      expect(await tokens.current()).toBe('second');
      tokens.reject('first');
      expect(await tokens.current()).toBe('second');
    }));

  it('stay in use to their end while the renewal fails, and the endpoint is left alone in between', () =>
    withEndpoint(
      [granted('first', 1800), { status: 400, body: {} }],
      async ({ tokens, monitor, passSeconds, asked }) => {
        await tokens.current();
        passSeconds(1745);
        expect(await tokens.current()).toBe('first');
        expect(await tokens.current()).toBe('first');
        expect(asked()).toHaveLength(2);
        expect(monitor.lastError).toContain('UPSTREAM_AUTH_FAILED');
        passSeconds(54.9);
        expect(await tokens.current()).toBe('first');
        expect(asked()).toHaveLength(3);
        passSeconds(0.2);
        expect((await failureOf(tokens.current())).code).toBe('UPSTREAM_AUTH_FAILED');
        expect(asked()).toHaveLength(3);
      },
    ));

  it('are asked for again a moment after a failure, and then serve', () =>
    withEndpoint([{ status: 401 }, granted('first', 1800)], async ({ tokens, passSeconds, asked }) => {
      expect((await failureOf(tokens.current())).code).toBe('UPSTREAM_AUTH_FAILED');
      expect((await failureOf(tokens.current())).code).toBe('UPSTREAM_AUTH_FAILED');
      expect(asked()).toHaveLength(1);
      passSeconds(2);
      expect(await tokens.current()).toBe('first');
    }));

  it('wait as long as the endpoint names, within a minute', () =>
    withEndpoint(
      [{ status: 503, headers: { 'retry-after': '30' } }, granted('first', 1800)],
      async ({ tokens, passSeconds }) => {
        expect(await failureOf(tokens.current())).toMatchObject({
          code: 'UPSTREAM_UNAVAILABLE',
          retryAfterSeconds: 30,
        });
        passSeconds(29);
        expect(await failureOf(tokens.current())).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
        passSeconds(1);
        expect(await tokens.current()).toBe('first');
      },
    ));

  it('are asked for again after the longest pause that counts', async () => {
    await withEndpoint([{ status: 429, headers: { 'retry-after': '3600' } }, granted('first', 1800)], async (stage) => {
      const pass = (seconds: number) => {
        stage.passSeconds(seconds);
        passSeconds(seconds);
      };
      expect(await failureOf(stage.tokens.current())).toMatchObject({ retryAfterSeconds: 900 });
      pass(880);
      expect(await failureOf(stage.tokens.current())).toMatchObject({ code: 'UPSTREAM_RATE_LIMITED' });
      expect(stage.asked()).toHaveLength(1);
      pass(80);
      expect(await stage.tokens.current()).toBe('first');
    });
    vi.restoreAllMocks();
  });

  it('leave the allowance of the API alone where the endpoint asks for patience', () =>
    withEndpoint([{ status: 429, headers: { 'retry-after': '50' } }], async ({ tokens, monitor }) => {
      expect(await failureOf(tokens.current())).toMatchObject({ code: 'UPSTREAM_RATE_LIMITED', retryAfterSeconds: 50 });
      expect(monitor.limiter.secondsFor(1, 'interactive')).toBe(0);
      expect(monitor.health).toBe('DEGRADED');
    }));

  it('survive one failure in passing', () =>
    withEndpoint([{ status: 502, body: '<html>' }, granted('first', 1800)], async ({ tokens, asked }) => {
      expect(await tokens.current()).toBe('first');
      expect(asked()).toHaveLength(2);
    }));

  it.each([
    { reply: { status: 503 }, code: 'UPSTREAM_UNAVAILABLE', requests: 3 },
    { reply: { status: 429, headers: { 'retry-after': '60' } }, code: 'UPSTREAM_RATE_LIMITED', requests: 1 },
    { reply: { status: 403, body: 'no' }, code: 'UPSTREAM_AUTH_FAILED', requests: 1 },
    { reply: { status: 404 }, code: 'UPSTREAM_INVALID_RESPONSE', requests: 1 },
    { reply: { status: 302, headers: { location: '/login' } }, code: 'UPSTREAM_INVALID_RESPONSE', requests: 1 },
    { reply: { status: 200, body: '<html>' }, code: 'UPSTREAM_INVALID_RESPONSE', requests: 1 },
    { reply: { status: 200, body: { access_token: 'a\r\nb' } }, code: 'UPSTREAM_INVALID_RESPONSE', requests: 1 },
    { reply: { status: 200, body: { access_token: '' } }, code: 'UPSTREAM_INVALID_RESPONSE', requests: 1 },
  ])('fail with $code after $reply', ({ reply, code, requests }) =>
    withEndpoint([reply], async ({ tokens, asked }) => {
      const errors = await Promise.all(Array.from({ length: 20 }, () => failureOf(tokens.current())));
      expect(new Set(errors.map((it) => it.code))).toEqual(new Set([code]));
      expect(asked()).toHaveLength(requests);
    }),
  );

  it('fail as unavailable where nobody listens', async () => {
    const server = await startEmulator(() => ({ status: 200 }));
    await server.close();
    const client = createLuccaClient(
      configOf({ baseUrl: server.origin, tokenUrl: `${server.origin}/token` }),
      new UpstreamMonitor(),
    );
    expect((await failureOf(client.professions(null).attempt(() => undefined))).code).toBe('UPSTREAM_UNAVAILABLE');
    await client.close();
  });
});
