import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Emulator, EmulatorRequest, Fault } from '../../src/sandbox/emulator.ts';
import { startLists, type UpstreamLists } from '../helpers/upstream-lists.ts';

/** Five pages of Lucca's, four of NAVER's. */
let lists: UpstreamLists;
beforeEach(async () => {
  lists = await startLists({ people: 500 });
});
afterEach(() => lists.stop());

const employees = () => lists.data.lists.employees ?? expect.unreachable();
const naverPeople = () => lists.data.lists.people ?? expect.unreachable();

/** Which page of Lucca's a request is for: the first has no token. */
const luccaPages = () => lists.requests('LUCCA').map(({ target }) => /[?&]page=([^&]*)/.exec(target)?.[1] ?? 'first');
const naverOffsets = () => lists.requests('NAVER').map(({ target }) => Number(/offset=(\d+)/.exec(target)?.[1]));

/** The page after so many others fails until `recover`. */
function failFrom(emulator: Emulator, isFailing: (request: EmulatorRequest) => boolean, fault: Fault): void {
  emulator.inject({ times: 1_000, matches: isFailing, ...fault });
}

/** The request for the page that comes after so many have been asked for. */
function afterPages(count: number): (request: EmulatorRequest) => boolean {
  const seen = new Set<string>();
  return ({ path, target }) => {
    if (!path.endsWith('/employees')) return false;
    seen.add(target);
    return seen.size > count;
  };
}

describe('a reading of Lucca’s pages that fails midway', () => {
  it('goes on from its last good page, and is as old as its first', async () => {
    failFrom(lists.sandbox.lucca, afterPages(2), { reply: { status: 500 } });
    const startedAt = lists.clock.now();
    await expect(employees().get(lists.caller())).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
    const [first, second, third] = new Set(luccaPages());
    expect(first).toBe('first');

    lists.sandbox.lucca.recover();
    lists.forgetRequests();
    lists.clock.skip(3);
    const { value, asOf } = await employees().get(lists.caller());
    expect(luccaPages()).toHaveLength(3);
    expect(luccaPages()[0]).toBe(third);
    expect(luccaPages()).not.toContain(second);
    expect(value.rows).toHaveLength(lists.company.lucca.employees.length);
    expect(asOf).toBe(startedAt);
  });

  it('starts anew where its cursor has expired meanwhile', async () => {
    failFrom(lists.sandbox.lucca, afterPages(2), { reply: { status: 500 } });
    await expect(employees().get(lists.caller())).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
    lists.sandbox.lucca.recover();
    lists.forgetRequests();
    const expired = { title: 'One or more validation errors occurred.', errors: { page: ['It has expired.'] } };
    lists.sandbox.lucca.inject({
      matches: ({ path }) => path.endsWith('/employees'),
      reply: { status: 400, body: expired, headers: { 'content-type': 'application/problem+json' } },
    });
    const { value } = await employees().get(lists.caller());
    expect(luccaPages().slice(1)).toHaveLength(5);
    expect(luccaPages()[1]).toBe('first');
    expect(value.rows).toHaveLength(lists.company.lucca.employees.length);
  });

  it('starts anew where it began ten minutes ago', async () => {
    failFrom(lists.sandbox.lucca, afterPages(2), { reply: { status: 500 } });
    await expect(employees().get(lists.caller())).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
    lists.sandbox.lucca.recover();
    lists.forgetRequests();
    lists.clock.skip(601);
    const { asOf } = await employees().get(lists.caller());
    expect(luccaPages()).toHaveLength(5);
    expect(asOf).toBe(lists.clock.now());
  });
});

describe('a reading of NAVER’s pages that fails midway', () => {
  it('asks for the missing pages only', async () => {
    failFrom(lists.sandbox.naver, ({ query }) => query.get('offset') === '200', { reply: { status: 500 } });
    await expect(naverPeople().get(lists.caller())).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
    expect(new Set(naverOffsets())).toEqual(new Set([0, 100, 200, 300]));
    lists.sandbox.naver.recover();
    lists.forgetRequests();
    // After so many failures the circuit is open for a moment.
    const read = async () => (await naverPeople().get(lists.caller())).value.rows.length;
    await expect.poll(() => read().catch(String), { timeout: 9_000 }).toBe(lists.company.naver.employees.length);
    expect(naverOffsets()).toEqual([200]);
  });
});
