import { afterEach, describe, expect, it } from 'vitest';
import { UpstreamError } from '../../src/errors.ts';
import { startLists, type UpstreamLists } from '../helpers/upstream-lists.ts';

/** 26 pages of Lucca's, of which the background gets six in a minute. */
const people = 3_000;
const luccaRateLimit = { count: 10, seconds: 60 };

let lists: UpstreamLists;
afterEach(() => lists.stop());

const employees = () => lists.data.lists.employees ?? expect.unreachable();
const askedPages = () => lists.requests('LUCCA').filter(({ status }) => status !== null).length;
const isPeople = ({ path }: { path: string }) => path.endsWith('/employees');

async function failureOf(answer: unknown): Promise<UpstreamError> {
  const error = await Promise.resolve(answer).then(
    () => expect.unreachable(),
    (reason: unknown) => reason,
  );
  return error instanceof UpstreamError ? error : expect.unreachable();
}

describe('a reading that takes longer than an operation waits', () => {
  it('tells how long as soon as that is known, to who waits already and to who comes', async () => {
    lists = await startLists({ people, luccaRateLimit });
    void lists.data.start();
    const early = await failureOf(employees().get(lists.caller()));
    expect(askedPages()).toBeLessThanOrEqual(6);
    const late = await failureOf(employees().get({ ...lists.caller(), deadline: performance.now() + 60_000 }));
    for (const { code, upstream, retryAfterSeconds = 0 } of [early, late]) {
      expect({ code, upstream }).toEqual({ code: 'UPSTREAM_RATE_LIMITED', upstream: 'LUCCA' });
      // Twenty pages more in groups of six, each of which waits for a minute.
      expect(retryAfterSeconds).toBeGreaterThan(3 * 60);
      expect(retryAfterSeconds).toBeLessThanOrEqual(4 * 61);
    }
    expect(late.message).toMatch(/: [1-6]00 of about \d{4} rows so far\.$/);
  });

  it('goes on for the directory, and tells how far it is', async () => {
    lists = await startLists({ people, luccaRateLimit });
    void lists.data.start();
    await failureOf(employees().get(lists.caller()));
    // A page is asked for a moment before its rows are there.
    await expect.poll(() => employees().progress?.rows, { timeout: 9_000 }).toBe(600);
    expect(askedPages()).toBe(6);
    const { rows, expected, secondsToGo = 0 } = employees().progress ?? expect.unreachable();
    expect({ rows, expected }).toEqual({ rows: 600, expected: lists.company.lucca.employees.length });
    expect(secondsToGo).toBeGreaterThan(3 * 60);
    expect(lists.requests('LUCCA').filter(({ status }) => status === 429)).toEqual([]);
  });

  it('is stood in for by an older list at once, as something that goes on and has not failed', async () => {
    lists = await startLists({ people: 600, luccaRateLimit: { count: 10, seconds: 60 } });
    await lists.data.start();
    const { value, asOf } = employees().current ?? expect.unreachable();
    // Older than what serves while it is read again; the six pages have spent what the background gets in a minute.
    lists.clock.skip(600);
    expect(await employees().get(lists.caller())).toMatchObject({ asOf, failure: null });
    expect(employees().progress?.secondsToGo).toBeGreaterThan(30);
    expect(employees().current?.value).toBe(value);
  });
});

describe('an allowance that others have spent', () => {
  const retryAfter = '40';

  function refuse(): void {
    const reply = { status: 429, headers: { 'retry-after': retryAfter }, body: {} };
    lists.sandbox.lucca.inject({ times: 1_000, matches: isPeople, reply });
  }

  it('fails who has nothing older, at once, and names the time', async () => {
    lists = await startLists({ people: 20 });
    refuse();
    void lists.data.start();
    for (let caller = 0; caller < 3; caller += 1) {
      const { code, retryAfterSeconds = 0 } = await failureOf(employees().get(lists.caller()));
      expect(code).toBe('UPSTREAM_RATE_LIMITED');
      expect(retryAfterSeconds).toBeGreaterThan(30);
      expect(retryAfterSeconds).toBeLessThanOrEqual(41);
    }
    // Nobody is asked again before that time.
    expect(askedPages()).toBe(1);
  });

  it('lets an older list serve', async () => {
    lists = await startLists({ people: 20 });
    await lists.data.start();
    const { asOf } = employees().current ?? expect.unreachable();
    refuse();
    lists.clock.skip(600);
    for (let caller = 0; caller < 3; caller += 1) {
      expect(await employees().get(lists.caller())).toMatchObject({ asOf });
    }
    expect(lists.requests('LUCCA')).toHaveLength(2);
  });
});

describe('a list that does not come in time for another reason', () => {
  it('is a timeout where nothing has come', async () => {
    lists = await startLists({ people: 20 });
    lists.sandbox.lucca.latencyMs = 3_000;
    const caller = { ...lists.caller(), deadline: performance.now() + 200 };
    expect(await failureOf(employees().get(caller))).toMatchObject({ code: 'UPSTREAM_TIMEOUT', upstream: 'LUCCA' });
    expect(await failureOf(employees().get({ ...caller, deadline: performance.now() - 1 }))).toMatchObject({
      code: 'UPSTREAM_TIMEOUT',
    });
  });
});
