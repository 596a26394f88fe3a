import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startLists, type UpstreamLists } from '../helpers/upstream-lists.ts';

let lists: UpstreamLists;
beforeEach(async () => {
  lists = await startLists({ people: 20, env: { CACHE_FRESH_SECONDS: '20' } });
  await lists.data.start();
  lists.forgetRequests();
});
afterEach(() => lists.stop());

const employees = () => lists.data.lists.employees ?? expect.unreachable();
const asked = () => lists.requests('LUCCA').length;
const isPeople = ({ path }: { path: string }) => path.endsWith('/employees');

/** A request that takes nothing that was read before now. */
async function anew() {
  lists.clock.skip(1);
  return employees().get(lists.caller(lists.clock.now()));
}

describe('a caller who takes nothing that was read before', () => {
  it('gets a reading of their own, and leaves others what they have', async () => {
    const before = employees().current ?? expect.unreachable();
    lists.sandbox.lucca.latencyMs = 200;
    const reading = anew();
    await expect.poll(asked).toBe(1);
    expect(employees().get(lists.caller())).toMatchObject({ asOf: before.asOf });
    expect((await reading).asOf).toBe(lists.clock.now());
    expect(asked()).toBe(1);
  });

  it('waits for one that is in flight to end, and then has one that began late enough', async () => {
    lists.sandbox.lucca.latencyMs = 100;
    const early = anew();
    await expect.poll(asked).toBe(1);
    const [first, second, third] = await Promise.all([early, anew(), anew()]);
    expect(asked()).toBe(3 - 1);
    expect(second.asOf).toBeGreaterThan(first.asOf);
    expect(third.asOf).toBe(second.asOf);
  });

  it('gets no older list in an outage, while others do', async () => {
    lists.sandbox.lucca.inject({ times: 1_000, matches: isPeople, cut: 'before' });
    await expect(anew()).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
    expect(employees().get(lists.caller())).toMatchObject({ value: employees().current?.value });
  });

  it('gets the latest complete list where reading one takes long, as everybody does', async () => {
    lists.clock.skip(1);
    lists.sandbox.lucca.latencyMs = 300;
    const slow = anew();
    await expect.poll(asked).toBe(1);
    lists.clock.skip(6);
    await slow;
    const { asOf } = employees().current ?? expect.unreachable();
    expect(await anew()).toMatchObject({ asOf });
  });
});
