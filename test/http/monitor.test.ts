import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { UpstreamMonitor } from '../../src/http/monitor.ts';

beforeEach(() => vi.useFakeTimers({ toFake: ['Date'] }));
afterEach(() => vi.useRealTimers());
const passSeconds = (seconds: number) => vi.setSystemTime(Date.now() + seconds * 1000);

describe('the time until a directory has been read', () => {
  it.each([1, 50, 100, 101, 500, 1_000])('follows from the pace so far, with %i rows a page', (rowsAPage) => {
    const monitor = new UpstreamMonitor();
    const expected = 20 * rowsAPage;
    for (let page = 1; page <= 11; page += 1) {
      monitor.directoryRead(page * rowsAPage, expected, false);
      if (page < 11) passSeconds(2);
    }
    expect(monitor.directorySecondsToGo()).toBe(18);
  });

  it('follows from the allowance, in pages of what came at first', () => {
    const monitor = new UpstreamMonitor({ count: 3, seconds: 60 });
    monitor.directoryRead(1_000, 9_000, false);
    // Eight pages more, two a minute in the background; each window is a quarter of a second longer than it has to be.
    expect(monitor.directorySecondsToGo()).toBe(181);
  });

  it('begins anew with each reading', () => {
    const monitor = new UpstreamMonitor();
    monitor.directoryRead(1_000, 2_000, false);
    passSeconds(10);
    monitor.directoryRead(2_000, 2_000, true);
    passSeconds(3_600);
    monitor.directoryRead(1_000, 3_000, false);
    passSeconds(6);
    monitor.directoryRead(2_000, 3_000, false);
    expect(monitor.directorySecondsToGo()).toBe(6);
    passSeconds(60);
    monitor.directoryRead(1_000, 3_000, false);
    expect(monitor.directorySecondsToGo()).toBe(0);
  });
});
