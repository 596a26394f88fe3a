import { AsyncLocalStorage } from 'node:async_hooks';
import { getEventListeners } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { Bulkhead } from '../../src/http/bulkhead.ts';
import { codeOf, contextOf, onStage, times, until } from './http-fixture.ts';

const callers = (count: number) =>
  times(count, () => {
    const controller = new AbortController();
    return {
      context: contextOf('interactive', { signal: controller.signal, seconds: 100_000 }),
      hangUp: () => controller.abort(),
    };
  });

/** Our timers that still run afterwards: Node counts no timer that does not keep the process alive. What other tests have left running does not count. */
async function timersOf(play: () => Promise<void>): Promise<{ most: number; left: number }> {
  const played = new AsyncLocalStorage<true>();
  const set = new Set<NodeJS.Timeout>();
  let most = 0;
  const { setTimeout: original, clearTimeout: originalClear } = globalThis;
  const counted = (run: (...args: unknown[]) => void, ms?: number, ...args: unknown[]) => {
    const timer = original(() => {
      set.delete(timer);
      run(...args);
    }, ms);
    if (played.getStore() && new Error().stack?.includes('/src/http/')) set.add(timer);
    most = Math.max(most, set.size);
    return timer;
  };
  Object.assign(globalThis, {
    setTimeout: counted,
    clearTimeout: (timer: NodeJS.Timeout) => {
      set.delete(timer);
      originalClear(timer);
    },
  });
  try {
    await played.run(true, play);
    return { most, left: set.size };
  } finally {
    Object.assign(globalThis, { setTimeout: original, clearTimeout: originalClear });
  }
}

describe('a thousand callers who hang up', () => {
  it.each([
    { where: 'in the queue of the allowance', options: { allowance: { count: 1, seconds: 30 } } },
    { where: 'in the queue of the bulkhead, or in flight', options: { allowance: null } },
  ])('leave no queue entry, timer or listener behind: $where', async ({ options }) => {
    const gate = Promise.withResolvers<void>();
    const answer = async () => {
      await gate.promise;
      return { status: 200, body: '{}' };
    };
    await onStage({ ...options, answer }, async ({ get, waiting, server, arrived }) => {
      const all = callers(1_000);
      const timers = await timersOf(async () => {
        const results = all.map(({ context }, index) => codeOf(get(`/${index}`, context)));
        await until(() => waiting() >= 990);
        expect(all.reduce((sum, { context }) => sum + context.listenerCount, 0)).toBeGreaterThanOrEqual(990);
        for (const { hangUp } of all) hangUp();
        expect(new Set(await Promise.all(results))).toEqual(new Set(['AbortError']));
      });
      expect(timers.most).toBeGreaterThanOrEqual(990);
      expect(timers.left).toBe(0);
      expect(waiting()).toBe(0);
      expect(all.flatMap(({ context }) => getEventListeners(context.signal, 'abort'))).toEqual([]);
      expect(all.reduce((sum, { context }) => sum + context.listenerCount, 0)).toBe(0);
      expect(arrived().length).toBeLessThanOrEqual(4);
      gate.resolve();
      expect(server.requests.length).toBeLessThanOrEqual(4);
    });
  });
});

describe('a caller who hangs up', () => {
  it('closes the connection of the request in flight, and frees its place', async () => {
    let closed = 0;
    const server = { hangs: true };
    const answer = async () => {
      while (server.hangs) await delay(5);
      return { status: 200, body: '{}' };
    };
    await onStage({ answer, concurrency: 1 }, async ({ get, monitor, arrived }) => {
      const [gone, patient] = callers(2);
      const first = gone && codeOf(get('/gone', gone.context));
      await until(() => arrived().length === 1);
      const second = get('/patient', patient?.context);
      gone?.hangUp();
      expect(await first).toBe('AbortError');
      closed += 1;
      await until(() => arrived().length === 2);
      server.hangs = false;
      expect(await second).toBe('{}');
      expect(closed).toBe(1);
      expect(monitor).toMatchObject({ lastError: null, health: 'UP' });
    });
  });

  it('does not wait for a repeat', () =>
    onStage({ answer: () => ({ status: 503, headers: { 'retry-after': '9' } }) }, async ({ get, arrived }) => {
      const [caller] = callers(1);
      const result = codeOf(get('/', caller?.context));
      await until(() => arrived().length === 1);
      await delay(20);
      caller?.hangUp();
      expect(await result).toBe('AbortError');
    }));

  it('sends nothing any more', () =>
    onStage({}, async ({ get, arrived }) => {
      const [caller] = callers(1);
      caller?.hangUp();
      expect(await codeOf(get('/', caller?.context))).toBe('AbortError');
      expect(arrived()).toEqual([]);
    }));
});

describe('the bulkhead', () => {
  it('serves by priority where no allowance is known, and a context that is raised moves up', async () => {
    const gate = Promise.withResolvers<void>();
    const answer = async () => {
      await gate.promise;
      return { status: 200, body: '{}' };
    };
    await onStage({ answer, concurrency: 1 }, async ({ get, waiting, arrived }) => {
      const first = get('/first');
      await until(() => arrived().length === 1);
      const raised = contextOf('renewal');
      const rest = [
        get('/renewal', contextOf('renewal')),
        get('/raised', raised),
        get('/background', contextOf('background')),
        get('/interactive', contextOf('interactive')),
      ];
      await until(() => waiting() === 4);
      raised.raise('interactive');
      gate.resolve();
      await Promise.all([first, ...rest]);
      expect(arrived()).toEqual(['/first', '/raised', '/interactive', '/background', '/renewal']);
    });
  });

  it('refuses one request more than its queue holds, with the time that the others take', async () => {
    const gate = Promise.withResolvers<void>();
    const bulkhead = new Bulkhead({ capacity: () => 1, maxWaiting: 2 });
    const run = () => bulkhead.run(contextOf('interactive'), () => gate.promise);
    const admitted = [run(), run(), run()];
    await until(() => bulkhead.waiting === 2);
    await expect(run()).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE', retryAfterSeconds: 1 });
    gate.resolve();
    await Promise.all(admitted);
    expect(bulkhead.waiting).toBe(0);
  });

  it('lets go of requests at their deadline', async () => {
    const gate = Promise.withResolvers<void>();
    await onStage(
      {
        concurrency: 1,
        answer: async () => {
          await gate.promise;
          return { status: 200, body: '{}' };
        },
      },
      async ({ get, arrived }) => {
        const first = get('/first');
        await until(() => arrived().length === 1);
        const late = get('/late', contextOf('interactive', { seconds: 0.05 }));
        await expect(late).rejects.toMatchObject({ code: 'UPSTREAM_TIMEOUT', isUnsent: true });
        gate.resolve();
        await first;
        expect(arrived()).toEqual(['/first']);
      },
    );
  });
});
