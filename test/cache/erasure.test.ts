import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { toNodeId } from '../../src/domain/node-id.ts';
import { erasePerson } from '../../src/loaders/erase-person.ts';
import { SHOWCASE_EMAIL } from '../../src/sandbox/company/company.ts';
import { startLists, type UpstreamLists } from '../helpers/upstream-lists.ts';

let lists: UpstreamLists;
beforeEach(async () => {
  lists = await startLists();
  await lists.data.start();
  lists.forgetRequests();
});
afterEach(() => lists.stop());

const erase = (person: string) => erasePerson(lists.data, person);

const employees = () => lists.data.lists.employees ?? expect.unreachable();

/** All that is held of people, as text. */
const held = () => {
  const { snapshot } = lists.data.keeper;
  const { employees: all, people, members, assignments } = lists.data.lists;
  const current = [all, people, members, assignments].map((it) => it?.current?.value);
  return JSON.stringify([current, snapshot?.lists, snapshot?.records, snapshot?.directory.people]).toLowerCase();
};
const isKnown = () => lists.data.keeper.snapshot?.directory.addressed(SHOWCASE_EMAIL).leading.length === 1;

/** As if she had been erased in every system, which nobody has told us. */
function eraseUpstream(): void {
  const { lucca, ctrlHub, naver } = lists.company;
  const isHers = (email: string | null) => email?.toLowerCase() === SHOWCASE_EMAIL;
  lucca.employees = lucca.employees.filter((it) => !isHers(it.email));
  naver.employees = naver.employees.filter((it) => !isHers(it.emailAddress));
  const user = ctrlHub.users.find((it) => isHers(it.email));
  ctrlHub.assignments = ctrlHub.assignments.filter((it) => it.userId !== user?.id);
  ctrlHub.users = ctrlHub.users.filter((it) => it !== user);
}

describe('a person who is erased', () => {
  it('is in no list, no page and no snapshot, with everything that was held of them', async () => {
    expect(held()).toContain(SHOWCASE_EMAIL);
    const user = lists.company.ctrlHub.users.find((it) => it.email.toLowerCase() === SHOWCASE_EMAIL);
    const { assignments } = lists.company.ctrlHub;
    const heldJobs = assignments.filter((it) => it.userId === user?.id).length;
    // One record in each system, the user that comes with assignments, and these.
    expect(await erase(` ${SHOWCASE_EMAIL.toUpperCase()} `)).toBe(4 + heldJobs);
    expect(held()).not.toContain(SHOWCASE_EMAIL);
    expect(held()).not.toContain(user?.id);
    expect(isKnown()).toBe(false);
    expect(await erase(SHOWCASE_EMAIL)).toBe(0);
  });

  it('is found by the id of the graph and by any upstream’s own identifier', async () => {
    const row = lists.company.lucca.employees.find((it) => it.email?.toLowerCase() === SHOWCASE_EMAIL);
    expect(await erase(toNodeId('Employee', `L:${row?.id}`))).toBeGreaterThan(3);
    expect(held()).not.toContain(SHOWCASE_EMAIL);
  });

  it('is back only if the upstreams send them again, in a body', async () => {
    await erase(SHOWCASE_EMAIL);
    lists.clock.skip(3_600);
    await employees().get(lists.caller());
    expect(lists.requests('LUCCA').map(({ status }) => status)).toEqual([200, 200]);
    expect(isKnown()).toBe(true);
  });

  it('does not come back by a reading that was in flight', async () => {
    lists.sandbox.lucca.latencyMs = 300;
    lists.clock.skip(3_600);
    const reading = employees().get(lists.caller());
    // Both pages hold her as they were before: the second is asked for when the first has come.
    await expect.poll(() => lists.requests('LUCCA').length).toBe(2);
    eraseUpstream();
    await erase(SHOWCASE_EMAIL);
    lists.sandbox.lucca.latencyMs = 0;
    const { value } = await reading;
    expect(JSON.stringify(value).toLowerCase()).not.toContain(SHOWCASE_EMAIL);
    expect(value.rows).toHaveLength(lists.company.lucca.employees.length);
    expect(held()).not.toContain(SHOWCASE_EMAIL);
    // What was begun anew relies on nothing of before.
    expect(
      lists
        .requests('LUCCA')
        .slice(2)
        .map(({ status }) => status),
    ).toEqual([200, 200]);
  });

  it('does not come back by the first reading, either', async () => {
    const cold = lists.another();
    lists.sandbox.lucca.latencyMs = 300;
    const started = cold.start();
    await expect.poll(() => lists.requests('LUCCA').length).toBe(2);
    eraseUpstream();
    expect(await erasePerson(cold, SHOWCASE_EMAIL)).toBeGreaterThan(0);
    lists.sandbox.lucca.latencyMs = 0;
    await started;
    const { value } = await Promise.resolve(cold.lists.employees?.get(lists.caller()) ?? expect.unreachable());
    expect(JSON.stringify(value).toLowerCase()).not.toContain(SHOWCASE_EMAIL);
  });

  it('does not come back by a reading that began while they were being erased', async () => {
    lists.clock.skip(3_600);
    const erased = erase(SHOWCASE_EMAIL);
    const reading = employees().get(lists.caller());
    await Promise.all([erased, reading]);
    expect(lists.requests('LUCCA').map(({ status }) => status)).toEqual([200, 200]);
  });

  it('takes nobody along who has the same placeholders', async () => {
    const others = [lists.company.lucca.employees[5], lists.company.lucca.employees[6]];
    for (const row of others) Object.assign(row ?? {}, { email: 'N/A', employeeNumber: '-' });
    lists.clock.skip(3_600);
    await employees().get(lists.caller());
    const [one, other] = others.map((row) => `L:${row?.id}`);
    await erase(toNodeId('Employee', one ?? ''));
    const { directory } = lists.data.keeper.snapshot ?? expect.unreachable();
    expect(directory.byIdentifier(one ?? '')).toBeNull();
    expect(directory.byIdentifier(other ?? '')).not.toBeNull();
  });

  it('is not told of by a row that could not be used', async () => {
    const row = lists.company.lucca.employees.find((it) => it.email?.toLowerCase() === SHOWCASE_EMAIL);
    await employees().amend((list) => ({
      ...list,
      skipped: [{ resource: 'employees', reason: 'unreadable', key: row?.id ?? null }],
    }));
    await erase(row?.id ?? '');
    expect(employees().current?.value.skipped).toEqual([{ resource: 'employees', reason: 'unreadable', key: null }]);
  });
});
