import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Fault } from '../../src/sandbox/emulator.ts';
import { startLists, type UpstreamLists } from '../helpers/upstream-lists.ts';

/** At 20 people a list is a page, which is fresh for 20 seconds and stale for 80 more; in an outage it serves for 20 minutes. */
const env = { CACHE_FRESH_SECONDS: '20' };

let lists: UpstreamLists;
beforeEach(async () => {
  lists = await startLists({ people: 20, env });
  await lists.data.start();
  lists.forgetRequests();
});
afterEach(() => lists.stop());

const employees = () => lists.data.lists.employees ?? expect.unreachable();
const isPeople: NonNullable<Fault['matches']> = ({ path }) => path.endsWith('/employees');
const failing = (fault: Fault): void => lists.sandbox.lucca.inject({ times: 1_000, matches: isPeople, ...fault });
const asked = () => lists.requests('LUCCA').length;

describe('a list', () => {
  it('serves at once while it is fresh, and asks nobody', async () => {
    expect(employees().get(lists.caller())).toMatchObject({ failure: null });
    expect(asked()).toBe(0);
  });

  it('serves at once when it is stale, and is read again meanwhile, once', async () => {
    lists.clock.skip(30);
    const { asOf } = employees().current ?? expect.unreachable();
    for (let caller = 0; caller < 20; caller += 1) {
      expect(employees().get(lists.caller())).toMatchObject({ asOf, failure: null });
    }
    await lists.settle();
    expect(asked()).toBe(1);
    expect(employees().get(lists.caller())).toMatchObject({ asOf: lists.clock.now() });
  });

  it('is waited for when it is older than that, by all who ask, for one reading', async () => {
    lists.clock.skip(90);
    const answers = await Promise.all(Array.from({ length: 100 }, () => employees().get(lists.caller())));
    for (const { asOf } of answers) expect(asOf).toBe(lists.clock.now());
    expect(asked()).toBe(1);
    expect(employees().counts).toMatchObject({ misses: 1, shared: 99 });
  });

  it('stands in for an upstream that cannot be asked, says so, and leaves it alone for a moment', async () => {
    failing({ cut: 'before' });
    lists.clock.skip(90);
    const known = employees().current?.value ?? expect.unreachable();
    expect(await employees().get(lists.caller())).toMatchObject({ value: known, failure: 'UPSTREAM_UNAVAILABLE' });
    const before = asked();
    expect(employees().get(lists.caller())).toMatchObject({ value: known, failure: 'UPSTREAM_UNAVAILABLE' });
    expect(asked()).toBe(before);
  });

  it('fails past all its windows with the code of the upstream', async () => {
    failing({ reply: { status: 503 } });
    lists.clock.skip(20 * 60 + 1);
    await expect(employees().get(lists.caller())).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
    lists.sandbox.lucca.recover();
  });

  it('is never shown on to whom the upstream refuses: not to the first who asks, and to none after that', async () => {
    failing({ reply: { status: 403, body: {} } });
    lists.clock.skip(90);
    for (let caller = 0; caller < 3; caller += 1) {
      await expect(employees().get(lists.caller())).rejects.toMatchObject({ code: 'UPSTREAM_AUTH_FAILED' });
    }
    lists.sandbox.lucca.recover();
    // Once the upstream is asked again.
    await expect
      .poll(async () => employees().get(lists.caller()), { timeout: 30_000 })
      .toMatchObject({ asOf: lists.clock.now(), failure: null });
  });

  it('is not shown on once a reading in the background was refused', async () => {
    failing({ reply: { status: 403, body: {} } });
    lists.clock.skip(30);
    employees().get(lists.caller());
    await lists.settle();
    await expect(employees().get(lists.caller())).rejects.toMatchObject({ code: 'UPSTREAM_AUTH_FAILED' });
  });
});
