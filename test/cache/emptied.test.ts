import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { erasePerson } from '../../src/loaders/erase-person.ts';
import type { PeopleListName } from '../../src/loaders/list-names.ts';
import { startLists, type UpstreamLists } from '../helpers/upstream-lists.ts';

const freshSeconds = 20;

let lists: UpstreamLists;
beforeEach(async () => {
  lists = await startLists({ people: 20, env: { CACHE_FRESH_SECONDS: `${freshSeconds}` } });
  await lists.data.start();
});
afterEach(() => lists.stop());

const list = (name: PeopleListName) => lists.data.lists[name] ?? expect.unreachable();
const rows = (name: PeopleListName) => list(name).current?.value.rows.length ?? expect.unreachable();

/** The rows of a list, as its upstream holds them. */
function rowsOf(name: PeopleListName): unknown[] {
  const { lucca, naver, ctrlHub } = lists.company;
  const all = {
    employees: lucca.employees,
    people: naver.employees,
    members: ctrlHub.users,
    assignments: ctrlHub.assignments,
  };
  return all[name];
}

async function readAgain(name: PeopleListName, seconds: number): Promise<void> {
  lists.clock.skip(seconds);
  void Promise.resolve(list(name).get(lists.caller())).catch(() => undefined);
  await lists.settle();
}

describe.each(['employees', 'people', 'members', 'assignments'] as const)(
  'a list of %s that comes without a row',
  (name) => {
    it('is not believed at once: the earlier one goes on, and says that there is no fresher one', async () => {
      const before = rows(name);
      rowsOf(name).length = 0;
      await readAgain(name, freshSeconds + 1);
      expect(rows(name)).toBe(before);
      expect(await list(name).get(lists.caller())).toMatchObject({ failure: 'UPSTREAM_UNAVAILABLE' });
    });

    it('stands in also for who would have to wait for a fresher one', async () => {
      const before = rows(name);
      rowsOf(name).length = 0;
      lists.clock.skip(10 * freshSeconds);
      const { value, failure } = await list(name).get(lists.caller());
      expect([value.rows.length, failure]).toEqual([before, 'UPSTREAM_UNAVAILABLE']);
    });

    it('is not believed either where a write of ours has outdated the earlier one, which serves no longer', async () => {
      list(name).invalidate();
      rowsOf(name).length = 0;
      await expect(list(name).get(lists.caller())).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
      lists.clock.skip(61);
      expect((await list(name).get(lists.caller())).value.rows).toEqual([]);
    });

    it('is believed when a reading that begins a minute later says so again', async () => {
      rowsOf(name).length = 0;
      await readAgain(name, freshSeconds + 1);
      await readAgain(name, 50);
      expect(rows(name)).not.toBe(0);
      await readAgain(name, 11);
      expect(rows(name)).toBe(0);
      expect(list(name).get(lists.caller())).toMatchObject({ failure: null });
    });

    it('is doubted anew where its rows have been back meanwhile', async () => {
      const all = rowsOf(name);
      const before = rows(name);
      const kept = all.splice(0);
      await readAgain(name, freshSeconds + 1);
      all.push(...kept);
      await readAgain(name, 6);
      expect(list(name).get(lists.caller())).toMatchObject({ failure: null });
      all.length = 0;
      await readAgain(name, 70);
      expect(rows(name)).toBe(before);
    });
  },
);

it('a list is believed at once where what it held was erased before', async () => {
  const all = lists.company.lucca.employees;
  const [first] = all;
  all.length = 1;
  list('employees').invalidate();
  await list('employees').get(lists.caller());
  all.length = 0;
  await erasePerson(lists.data, `${first?.id}`);
  await readAgain('employees', freshSeconds + 1);
  expect(rows('employees')).toBe(0);
  expect(list('employees').get(lists.caller())).toMatchObject({ failure: null });
});
