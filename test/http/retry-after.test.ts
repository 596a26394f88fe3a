import { afterEach, describe, expect, it, vi } from 'vitest';
import { defaultNetwork } from '../../src/http/network.ts';
import { retryAfterSeconds, withBoundedRetryAfter } from '../../src/http/retry-after.ts';
import type { Reply } from '../../src/sandbox/emulator.ts';
import { codeOf, contextOf, onStage } from './http-fixture.ts';

describe('a Retry-After', () => {
  const bounded = (value: string) =>
    retryAfterSeconds(withBoundedRetryAfter(new Headers({ 'retry-after': value }), 900));

  it.each([
    ['0', 0],
    ['30', 30],
    ['900', 900],
    ['901', 900],
    ['3000000', 900],
    ['9'.repeat(400), 900],
    ['Fri, 31 Dec 9999 23:59:59 GMT', 900],
    ['Thu, 01 Jan 1970 00:00:00 GMT', 0],
    ['soon', undefined],
  ])('of %s counts as %s', (value, seconds) => {
    expect(bounded(value)).toBe(seconds);
  });
});

describe('an upstream that asks for a month of peace', () => {
  afterEach(() => vi.useRealTimers());

  it.each([429, 503])('by a %i is asked again after the longest pause, once', async (status) => {
    vi.useFakeTimers({ toFake: ['Date', 'performance'] });
    const passSeconds = (seconds: number) => vi.advanceTimersByTime(seconds * 1000);
    const network = { ...defaultNetwork, maxRetryAfterSeconds: 60 };
    const answer = (): Reply => ({ status, headers: { 'retry-after': '3000000' } });
    await onStage({ network, answer }, async ({ get, arrived }) => {
      const patient = () => contextOf('interactive', { seconds: 10 });
      for (let round = 0; round < 6; round += 1) await codeOf(get('/', patient()));
      const before = arrived().length;
      expect(before).toBe(status === 429 ? 1 : 4);
      await expect(get('/', patient())).rejects.toMatchObject({ retryAfterSeconds: 60, isUnsent: true });
      passSeconds(59);
      await expect(get('/', contextOf('interactive', { seconds: 0.5 }))).rejects.toMatchObject({
        retryAfterSeconds: 1,
        isUnsent: true,
      });
      passSeconds(1);
      await Promise.all(Array.from({ length: 20 }, () => codeOf(get('/', patient()))));
      expect(arrived()).toHaveLength(before + 1);
    });
  });
});
