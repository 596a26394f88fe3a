import { afterEach, describe, expect, it } from 'vitest';
import { startLists, type UpstreamLists } from '../helpers/upstream-lists.ts';

let lists: UpstreamLists;
afterEach(() => lists.stop());

const ahead = () => {
  const { employees, people, members, assignments } = lists.data.lists;
  return [employees, people, members, assignments].map((it) => it ?? expect.unreachable());
};
const askAll = () => Promise.all(ahead().map((list) => list.get(lists.caller())));

/** Seconds since each list was read. */
const ages = () => ahead().map(({ current }) => (lists.clock.now() - (current?.asOf ?? 0)) / 1000);

describe('the lists of 200 people', () => {
  it('are fresh for whoever asks, for as long as somebody does, without anybody waiting', async () => {
    lists = await startLists();
    await lists.data.start();
    for (let second = 0; second < 60; second += 1) {
      await lists.clock.pass(1, lists.settle);
      for (const list of ahead()) {
        const answer = list.get(lists.caller());
        expect(answer).not.toBeInstanceOf(Promise);
        expect(answer).toMatchObject({ failure: null });
      }
    }
    expect(Math.max(...ages())).toBeLessThan(15);
    expect(ahead().map(({ counts }) => counts.staleHits)).toEqual([0, 0, 0, 0]);
  });

  it('rest after ten windows without anybody, and are read again for the first who comes', async () => {
    lists = await startLists();
    await lists.data.start();
    await askAll();
    lists.forgetRequests();
    await lists.clock.pass(11 * 15, lists.settle);
    const whileInUse = lists.requests().length;
    // Nine requests a window.
    expect(whileInUse).toBeGreaterThan(9 * 8);
    expect(whileInUse).toBeLessThan(9 * 14);
    await lists.clock.pass(12 * 3_600, lists.settle);
    expect(lists.requests()).toHaveLength(whileInUse);
    expect(lists.clock.nextIn).toBeNull();

    await askAll();
    expect(lists.requests()).toHaveLength(whileInUse + 9);
    expect(ages()).toEqual([0, 0, 0, 0]);
  });

  it('are read once in six seconds a page at most, whatever CACHE_FRESH_SECONDS says', async () => {
    lists = await startLists({ env: { CACHE_FRESH_SECONDS: '1' } });
    await lists.data.start();
    lists.forgetRequests();
    for (let second = 0; second < 120; second += 1) {
      await lists.clock.pass(1, lists.settle);
      await askAll();
    }
    // Two pages, of which none comes twice within twelve seconds less what a renewal is ahead of its time.
    expect(lists.requests('LUCCA').length).toBeLessThanOrEqual(2 * 12);
    expect(lists.requests('LUCCA').length).toBeGreaterThanOrEqual(2 * 8);
  });

  it('are not read ahead where every operation reads anew', async () => {
    lists = await startLists({ env: { CACHE_FRESH_SECONDS: '0' } });
    await lists.data.start();
    expect(lists.clock.nextIn).toBeNull();
  });

  it('are not read by a process that has closed', async () => {
    lists = await startLists();
    const started = lists.data.start();
    await expect.poll(() => lists.requests().length).toBeGreaterThan(0);
    lists.data.close();
    await started;
    await lists.settle();
    expect(lists.clock.nextIn).toBeNull();
  });
});

describe('a first reading that failed', () => {
  it('is tried again until it succeeds, whether or not somebody asks', async () => {
    lists = await startLists();
    lists.sandbox.lucca.inject({
      times: 1_000,
      matches: ({ path }) => path.endsWith('/employees'),
      reply: { status: 400 },
    });
    await lists.data.start();
    expect(lists.data.lists.employees?.current).toBeNull();
    await lists.clock.pass(30, lists.settle);
    lists.sandbox.lucca.recover();
    await lists.clock.pass(6, lists.settle);
    expect(lists.data.lists.employees?.current?.value.rows).toHaveLength(lists.company.lucca.employees.length);
  });
});

describe('an allowance', () => {
  it('leaves a caller who takes nothing of before as little to wait as the first one, also after slow renewals', async () => {
    // A renewal of three pages is spread over twelve seconds: a fifth of 50 requests a minute.
    lists = await startLists({ people: 300, luccaRateLimit: { count: 50, seconds: 60 } });
    await lists.data.start();
    await askAll();
    const { employees } = lists.data.lists;
    const { tookMs, asOf } = employees?.current ?? expect.unreachable();
    lists.forgetRequests();
    await lists.clock.pass(14);
    await expect.poll(() => lists.requests('LUCCA').length, { timeout: 9_000 }).toBe(2);
    lists.clock.skip(12);
    await expect.poll(() => employees?.current?.asOf, { timeout: 19_000 }).toBeGreaterThan(asOf);
    expect(lists.requests('LUCCA')).toHaveLength(3);
    expect(employees?.current?.tookMs).toBe(tookMs);
    const since = lists.clock.now();
    const anew = await employees?.get(lists.caller(since));
    expect(anew?.asOf).toBeGreaterThanOrEqual(since);
  }, 40_000);
});
