import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startLists, type UpstreamLists } from '../helpers/upstream-lists.ts';

let lists: UpstreamLists;
beforeEach(async () => {
  lists = await startLists();
  await lists.data.start();
  lists.forgetRequests();
});
afterEach(() => lists.stop());

/** Past all fresh windows at 200 people, and before the stale ones end: everything is renewed once. */
const renewalSeconds = 16;

const peopleLists = () => {
  const { employees, people, members, assignments } = lists.data.lists;
  return [employees, people, members, assignments].map((it) => it ?? expect.unreachable());
};

async function renewAll(): Promise<void> {
  for (const list of peopleLists()) await list.get(lists.caller());
  await lists.clock.pass(renewalSeconds, lists.settle);
}

describe('lists that are read again and have not changed', () => {
  it('cost Lucca no body, keep the snapshot and their versions, and are younger', async () => {
    const before = peopleLists().map(({ current, version }) => ({ current, version }));
    const { snapshot } = lists.data.keeper;
    const generation = lists.data.generation();
    await renewAll();
    const lucca = lists.requests('LUCCA');
    expect(lucca.length).toBeGreaterThanOrEqual(2);
    expect(lucca.map(({ status }) => status)).toEqual(lucca.map(() => 304));
    expect(lists.data.keeper.snapshot).toBe(snapshot);
    expect(lists.data.generation()).toBe(generation);
    for (const [index, { current, version }] of before.entries()) {
      const list = peopleLists()[index];
      expect(list?.version).toBe(version);
      expect(list?.current?.value.rows).toBe(current?.value.rows);
      expect(list?.current?.asOf).toBeGreaterThan(current?.asOf ?? 0);
    }
  });

  it('but for one row share all others with the snapshot before', async () => {
    const { snapshot: before } = lists.data.keeper;
    const changed = lists.company.lucca.employees[150];
    Object.assign(changed ?? {}, { familyName: 'Okonkwo-Lindqvist', lastUpdatedAt: '2026-03-01T08:00:00.0000Z' });
    await renewAll();
    const { snapshot: after } = lists.data.keeper;
    expect(after).not.toBe(before);
    expect(after?.records.NAVER).toBe(before?.records.NAVER);
    expect(after?.records.CTRL_HUB).toBe(before?.records.CTRL_HUB);
    expect(after?.assignments).toBe(before?.assignments);
    const earlier = new Set(before?.records.LUCCA);
    expect(after?.records.LUCCA?.filter((row) => !earlier.has(row))).toEqual([
      expect.objectContaining({ luccaId: changed?.id, familyName: 'Okonkwo-Lindqvist' }),
    ]);
    // The page that it is on came anew, the other one did not.
    expect(new Set(lists.requests('LUCCA').map(({ status }) => status))).toEqual(new Set([200, 304]));
  });

  it('are one swap where several have changed at once', async () => {
    const { version } = lists.data.lists.employees ?? expect.unreachable();
    Object.assign(lists.company.lucca.employees[0] ?? {}, { givenName: 'Wanjiru' });
    Object.assign(lists.company.naver.employees[0] ?? {}, { name: 'Wanjiru' });
    await renewAll();
    expect(lists.data.lists.employees?.version).toBe(version + 1);
    const { lists: shown } = lists.data.keeper.snapshot ?? expect.unreachable();
    expect(shown.employees).toBe(lists.data.lists.employees?.current?.value);
    expect(shown.people).toBe(lists.data.lists.people?.current?.value);
  });
});
