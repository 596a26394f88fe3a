import { describe, expect, it } from 'vitest';
import { AllowanceLimiter } from '../../src/http/allowance.ts';
import type { Emulator, Reply } from '../../src/sandbox/emulator.ts';
import { codeOf, contextOf, onStage, times, until } from './http-fixture.ts';

const allowance = { count: 15, seconds: 1 };
const sharedOut = { interactive: 15, background: 10, renewal: 3 };

/** The most requests that arrived in any window. */
function mostInAWindow({ requests }: Emulator): number {
  const starts = requests.map((it) => it.startedAt);
  const inWindowFrom = (from: number) => starts.filter((it) => it >= from && it < from + allowance.seconds * 1000);
  return Math.max(...starts.map((it) => inWindowFrom(it).length));
}

describe('the shares of an allowance', () => {
  it.each(['interactive', 'background', 'renewal'] as const)(
    'keep %s requests within theirs in any window',
    (priority) =>
      onStage({ allowance }, async ({ get, server }) => {
        const context = contextOf(priority);
        await Promise.all(times(2 * sharedOut[priority] + 1, (index) => get(`/${index}`, context)));
        expect(mostInAWindow(server)).toBeLessThanOrEqual(sharedOut[priority]);
      }),
  );

  it('leave a third to interactive requests, whatever the background asks for', () =>
    onStage({ allowance }, async ({ get, arrived }) => {
      const rest = [
        ...times(30, (index) => get(`/renewal/${index}`, contextOf('renewal'))),
        ...times(30, (index) => get(`/background/${index}`, contextOf('background'))),
      ].map((it) => it.catch(() => ''));
      await until(() => arrived().length === sharedOut.background);
      await Promise.all(times(5, (index) => get(`/interactive/${index}`, contextOf('interactive'))));
      expect(
        arrived()
          .slice(0, 15)
          .filter((it) => it.startsWith('/interactive')),
      ).toHaveLength(5);
      expect(rest).toHaveLength(60);
    }));

  it('are one request at least', () =>
    onStage({ allowance: { count: 1, seconds: 60 } }, async ({ get }) => {
      expect(await get('/', contextOf('renewal'))).toBe('{}');
    }));

  it('spread renewals over the window', () =>
    onStage({ allowance: { count: 50, seconds: 60 } }, async ({ get, monitor }) => {
      await get('/', contextOf('renewal'));
      // A tenth of the window, less what has passed of it, for each of ten.
      await expect(monitor.limiter.take(contextOf('renewal', { seconds: 1 }))).rejects.toMatchObject({
        retryAfterSeconds: 7,
      });
    }));

  it('tell how long a spread read will take, also when none was renewed before, or long ago', () => {
    const limiter = new AllowanceLimiter({ count: 50, seconds: 60 });
    // The first one goes at once, and each of the others six seconds after the one before.
    expect(limiter.secondsFor(1, 'renewal')).toBe(0);
    expect(limiter.secondsFor(3, 'renewal')).toBe(13);
    expect(new AllowanceLimiter(null).secondsFor(3, 'renewal')).toBe(0);
  });
});

describe('requests that wait for the allowance', () => {
  it('are served by priority, and within one in turns', () =>
    onStage({ allowance: { count: 1, seconds: 1 }, concurrency: 1 }, async ({ get, arrived }) => {
      await get('/first', contextOf('interactive'));
      const [one, other] = [contextOf('interactive'), contextOf('interactive')];
      await Promise.all([
        get('/background', contextOf('background')),
        get('/one/a', one),
        get('/one/b', one),
        get('/other', other),
      ]);
      expect(arrived()).toEqual(['/first', '/one/a', '/other', '/one/b', '/background']);
    }));

  it('move up as soon as their context is raised', () =>
    onStage({ allowance: { count: 5, seconds: 60 } }, async ({ get, monitor, arrived }) => {
      const context = contextOf('renewal');
      await get('/first', context);
      const second = get('/second', context);
      await until(() => monitor.limiter.waiting === 1);
      context.raise('background');
      await second;
      expect(arrived()).toEqual(['/first', '/second']);
      expect(context.listenerCount).toBe(0);
    }));

  it('are refused at once where their turn would come after the deadline', () =>
    onStage({ allowance: { count: 1, seconds: 60 } }, async ({ get, arrived }) => {
      await get('/first', contextOf('interactive'));
      const refused = get('/second', contextOf('interactive', { seconds: 10 }));
      await expect(refused).rejects.toMatchObject({ code: 'UPSTREAM_RATE_LIMITED', isUnsent: true });
      await expect(refused).rejects.toSatisfy(
        ({ retryAfterSeconds }) => retryAfterSeconds > 50 && retryAfterSeconds <= 61,
      );
      expect(arrived()).toEqual(['/first']);
    }));

  it('are bounded in number: one more is refused at once, with the time until it would have its turn', async () => {
    const limiter = new AllowanceLimiter({ count: 1, seconds: 60 }, { maxWaiting: 2 });
    const grants = times(3, () => limiter.take(contextOf('interactive')));
    await expect(limiter.take(contextOf('interactive'))).rejects.toMatchObject({
      code: 'UPSTREAM_RATE_LIMITED',
      retryAfterSeconds: 181,
    });
    expect(limiter.waiting).toBe(2);
    expect(grants).toHaveLength(3);
  });
});

describe('after a refusal by the vendor', () => {
  const refusal: Reply = { status: 429, headers: { 'retry-after': '1' } };

  it.each([{ allowance: null }, { allowance: { count: 1_000, seconds: 1 } }])(
    'one request goes first, and the others wait for its response (allowance: $allowance)',
    async (options) => {
      const gate = Promise.withResolvers<void>();
      let count = 0;
      const answer = async (): Promise<Reply> => {
        count += 1;
        if (count === 1) return refusal;
        if (count === 2) await gate.promise;
        return { status: 200, body: '{}' };
      };
      await onStage({ ...options, answer }, async ({ get, monitor, arrived }) => {
        const first = get('/refused');
        await until(() => monitor.lastError !== null);
        const others = times(10, (index) => get(`/${index}`, contextOf('interactive')));
        await until(() => arrived().length === 2);
        await until(() => monitor.limiter.waiting === 10);
        expect(arrived()).toHaveLength(2);
        gate.resolve();
        await Promise.all([first, ...others]);
        expect(arrived()).toHaveLength(12);
      });
    },
  );

  it('a request that would wait too long is refused at once', () =>
    onStage({ answer: () => ({ status: 429, headers: { 'retry-after': '600' } }) }, async ({ get, arrived }) => {
      expect(await codeOf(get('/'))).toBe('UPSTREAM_RATE_LIMITED');
      const refused = get('/', contextOf('interactive', { seconds: 10 }));
      await expect(refused).rejects.toMatchObject({ code: 'UPSTREAM_RATE_LIMITED', retryAfterSeconds: 600 });
      expect(arrived()).toHaveLength(1);
    }));
});
