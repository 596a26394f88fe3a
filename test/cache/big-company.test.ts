import { afterEach, describe, expect, it } from 'vitest';
import { startLists, type UpstreamLists } from '../helpers/upstream-lists.ts';

/** Six pages of Lucca's. */
const people = 600;
/** In miniature: two requests a second for the background, and one for renewals. */
const luccaRateLimit = { count: 4, seconds: 1 };

let lists: UpstreamLists;
afterEach(() => lists.stop());

const employees = () => lists.data.lists.employees ?? expect.unreachable();
const employeeRequests = () => lists.requests('LUCCA').filter(({ target }) => target.includes('/employees'));

/** For the clock, reading all of Lucca takes longer than an operation waits. */
async function readSlowly(): Promise<void> {
  lists.sandbox.lucca.latencyMs = 500;
  const started = lists.data.start();
  const { people: ofNaver, members, assignments } = lists.data.lists;
  await expect.poll(() => [ofNaver, members, assignments].every((it) => it?.progress === null)).toBe(true);
  expect(employees().current).toBeNull();
  lists.clock.skip(11);
  await started;
  lists.sandbox.lucca.latencyMs = 0;
  lists.forgetRequests();
}

/** Whether some two requests came within a second, in which renewals get one. */
function isHurried(): boolean {
  const times = employeeRequests().map(({ startedAt }) => startedAt);
  return times.some((time, index) => index > 0 && time - (times[index - 1] ?? 0) < 1_000);
}

describe('a directory that takes longer to read than somebody waits', () => {
  it('stays current for a night without anybody, and answers the first who comes at once', async () => {
    lists = await startLists({ people, env: { CACHE_FRESH_SECONDS: '3600' } });
    await readSlowly();
    await lists.clock.pass(12 * 3_600, lists.settle);
    // Six pages an hour, with which the windows differ a little.
    expect(employeeRequests().length).toBeGreaterThanOrEqual(6 * 12);
    expect(employeeRequests().length).toBeLessThanOrEqual(6 * 16);
    const answer = employees().get(lists.caller());
    expect(answer).not.toBeInstanceOf(Promise);
    expect(answer).toMatchObject({ failure: null });
    expect(lists.clock.now() - (employees().current?.asOf ?? 0)).toBeLessThan(3_600_000);
  }, 120_000);

  it('is read again within a fifth of the allowance, while nobody waits', async () => {
    lists = await startLists({ people, luccaRateLimit });
    await readSlowly();
    await lists.clock.pass(30, lists.settle);
    expect(employeeRequests().length).toBeGreaterThanOrEqual(6);
    expect(isHurried()).toBe(false);
    expect(lists.requests('LUCCA').filter(({ status }) => status === 429)).toEqual([]);
  }, 120_000);

  it('is read as fast as the background may once somebody waits for it', async () => {
    lists = await startLists({ people, luccaRateLimit });
    await readSlowly();
    await lists.clock.pass(30);
    await expect.poll(() => employeeRequests().length, { timeout: 9_000 }).toBe(1);
    // Its last list is too old for anybody: they wait for the renewal, which hurries from now on.
    lists.clock.skip(3_600);
    const { value } = await employees().get(lists.caller());
    expect(value.rows).toHaveLength(lists.company.lucca.employees.length);
    expect(employeeRequests()).toHaveLength(6);
    expect(isHurried()).toBe(true);
  }, 120_000);

  it('is read anew at once when it was invalidated, before anybody asks', async () => {
    lists = await startLists({ people, luccaRateLimit });
    await readSlowly();
    employees().invalidate();
    await lists.clock.pass(1, lists.settle);
    expect(employeeRequests()).toHaveLength(6);
    expect(isHurried()).toBe(true);
    expect(employees().get(lists.caller())).toMatchObject({ failure: null });
  }, 120_000);

  it('has the share of the background again where its first reading failed midway', async () => {
    lists = await startLists({ people, luccaRateLimit });
    let requests = 0;
    lists.sandbox.lucca.inject({
      times: 3,
      matches: ({ path }) => path.endsWith('/employees') && ++requests > 2,
      reply: { status: 400 },
    });
    await lists.data.start();
    expect(employees().current).toBeNull();
    lists.sandbox.lucca.recover();
    lists.forgetRequests();
    await lists.clock.pass(6, lists.settle);
    expect(employees().current?.value.rows).toHaveLength(lists.company.lucca.employees.length);
    expect(employeeRequests()).toHaveLength(4);
    expect(isHurried()).toBe(true);
  }, 120_000);
});
