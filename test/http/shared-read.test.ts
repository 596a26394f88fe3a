import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { Activity } from '../../src/domain/activity.ts';
import {
  createRequestContext,
  currentContext,
  inContext,
  type Priority,
  type RequestContext,
} from '../../src/http/request-context.ts';
import { SharedRead, type SharedReadOptions } from '../../src/http/shared-read.ts';

const inSeconds = (seconds: number) => performance.now() + seconds * 1000;

function caller(options: { priority?: Priority; deadline?: number } = {}) {
  const controller = new AbortController();
  const context = createRequestContext({
    activity: new Activity({ name: 'Caller', kind: 'operation' }),
    priority: options.priority ?? 'interactive',
    deadline: options.deadline ?? inSeconds(60),
    signal: controller.signal,
  });
  return { context, hangUp: () => controller.abort() };
}

/** A read that ends when told to, and what context it runs in. */
function openRead(options: Partial<SharedReadOptions> = {}) {
  let seen: RequestContext | undefined;
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const read = new SharedRead({ operation: 'LUCCA.employees', priority: 'background', ...options }, () => {
    seen = currentContext();
    return promise;
  });
  return { read, end: resolve, fail: reject, seen: () => seen };
}

describe('a shared read', () => {
  it('runs in a context of its own, and gives its result to all callers', async () => {
    const { read, end, seen } = openRead();
    const results = [read.join(caller().context), read.join(caller().context)];
    end('people');
    expect(await Promise.all(results)).toEqual(['people', 'people']);
    expect(await read.join(caller().context)).toBe('people');
    expect(seen()).toBe(read.context);
    expect(read.callers).toBe(0);
  });

  it('gives its failure to all callers', async () => {
    const { read, fail } = openRead();
    const result = read.join(caller().context);
    fail(new Error('no answer'));
    await expect(result).rejects.toThrow('no answer');
    await expect(read.join(caller().context)).rejects.toThrow('no answer');
  });

  it('is raised to the priority of its most urgent caller', () => {
    const { read } = openRead({ priority: 'renewal' });
    void read.join(caller({ priority: 'background' }).context);
    expect(read.context.priority).toBe('background');
    void read.join(caller({ priority: 'interactive' }).context);
    void read.join(caller({ priority: 'renewal' }).context);
    expect(read.context.priority).toBe('interactive');
  });

  it('has as much time as its most patient caller', async () => {
    const first = caller({ deadline: inSeconds(1) }).context;
    const read = await inContext(first, async () => openRead().read);
    expect(read.context.deadline).toBe(first.deadline);
    const later = inSeconds(9);
    void read.join(caller({ deadline: later }).context);
    expect(read.context.deadline).toBe(later);
  });

  it('is cancelled when all callers have hung up, and not before', async () => {
    const { read } = openRead();
    const [one, other] = [caller(), caller()];
    const results = [read.join(one.context), read.join(other.context)];
    one.hangUp();
    await expect(results[0]).rejects.toMatchObject({ name: 'AbortError' });
    expect(read.isCancelled).toBe(false);
    other.hangUp();
    await expect(results[1]).rejects.toMatchObject({ name: 'AbortError' });
    expect(read.isCancelled).toBe(true);
    expect(read.context.signal.aborted).toBe(true);
  });

  it('goes on without callers, and without a deadline, if it is to be kept alive', async () => {
    const { read, end } = openRead({ keepAlive: true });
    const one = caller();
    const result = read.join(one.context);
    one.hangUp();
    await expect(result).rejects.toMatchObject({ name: 'AbortError' });
    expect(read.isCancelled).toBe(false);
    expect(read.context.deadline).toBe(Number.POSITIVE_INFINITY);
    end('people');
    expect(await read.result).toBe('people');
  });

  it('does not keep a caller who is gone already', async () => {
    const { read } = openRead();
    const gone = caller();
    gone.hangUp();
    await expect(read.join(gone.context)).rejects.toMatchObject({ name: 'AbortError' });
    expect(read.callers).toBe(0);
  });

  it('keeps no caller or listener of a thousand callers who hang up', async () => {
    const { read } = openRead({ keepAlive: true });
    const callers = Array.from({ length: 1_000 }, () => caller());
    const results = callers.map(({ context }) => read.join(context).catch(() => 'gone'));
    expect(read.callers).toBe(1_000);
    for (const { hangUp } of callers) hangUp();
    expect(new Set(await Promise.all(results))).toEqual(new Set(['gone']));
    expect(read.callers).toBe(0);
    expect(callers.flatMap(({ context }) => getEventListeners(context.signal, 'abort'))).toEqual([]);
  });
});
