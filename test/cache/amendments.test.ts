import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { withAssignments } from '../../src/loaders/with-assignments.ts';
import type { AssignmentList } from '../../src/upstreams/ctrl-hub/client.ts';
import { startLists, type UpstreamLists } from '../helpers/upstream-lists.ts';

let lists: UpstreamLists;
beforeEach(async () => {
  lists = await startLists();
  await lists.data.start();
  lists.forgetRequests();
});
afterEach(() => lists.stop());

const assignments = () => lists.data.lists.assignments ?? expect.unreachable();
const ids = () => assignments().current?.value.rows.map((row) => row.ctrlHubId) ?? [];

/** An assignment as it is read back after a write. */
function written(number: number): AssignmentList {
  const [user] = lists.company.ctrlHub.users;
  const [role] = lists.company.ctrlHub.jobRoles;
  const row = {
    ctrlHubId: `ab000000-0000-4000-8000-00000000000${number}`,
    type: null,
    createdAt: '2026-03-01T08:00:00.000Z',
    userId: user?.id ?? '',
    roleId: role?.id ?? '',
  };
  return { rows: [row], roles: [], users: [], organisations: [], skipped: [], pages: 1 };
}
const write = (number: number) => assignments().amend((list) => withAssignments(list, written(number)));
const has = (number: number) => ids().includes(written(number).rows[0]?.ctrlHubId ?? '');

/** A reading that has all of its answers already, none of which has come. */
async function readingInFlight() {
  lists.sandbox.ctrlHub.latencyMs = 300;
  lists.clock.skip(3_600);
  const reading = Promise.resolve(assignments().get(lists.caller()));
  await expect.poll(() => lists.requests('CTRL_HUB').length).toBe(1);
  return { reading };
}

describe('what we have written', () => {
  it('is in the list and in the snapshot before the write is acknowledged', async () => {
    await write(1);
    expect(has(1)).toBe(true);
    expect(lists.data.keeper.snapshot?.assignments?.all.at(-1)?.ctrlHubId).toBe(written(1).rows[0]?.ctrlHubId);
  });

  it('is not lost by a reading that began before it and ends after it', async () => {
    const { reading } = await readingInFlight();
    await write(1);
    await reading;
    expect(assignments().current?.asOf).toBe(lists.clock.now());
    expect(has(1)).toBe(true);
  });

  it('is not lost by several readings that follow one another', async () => {
    const { reading } = await readingInFlight();
    await Promise.all([write(1), write(2)]);
    await reading;
    expect([has(1), has(2)]).toEqual([true, true]);
    // A reading that began after it shows what the upstream has: there it was never written.
    lists.clock.skip(3_600);
    await assignments().get(lists.caller());
    expect([has(1), has(2)]).toEqual([false, false]);
  });

  it('is in the list where it was written while a list that had been read was to become current', async () => {
    const { keeper } = lists.data;
    const publish = keeper.publish.bind(keeper);
    let writing: Promise<void> | undefined;
    vi.spyOn(keeper, 'publish').mockImplementationOnce((...publication) => {
      writing = write(1);
      return publish(...publication);
    });
    lists.clock.skip(3_600);
    expect(await assignments().get(lists.caller())).toMatchObject({ failure: null });
    await writing;
    expect(assignments().current?.asOf).toBe(lists.clock.now());
    expect(has(1)).toBe(true);
  });

  it('is there once where two writes read back the same', async () => {
    const { length } = ids();
    await Promise.all([write(1), write(1), write(2)]);
    expect(ids()).toHaveLength(length + 2);
  });

  it('is in the first list that is read, where none has come yet', async () => {
    const cold = lists.another();
    lists.sandbox.ctrlHub.latencyMs = 300;
    const started = cold.start();
    await expect.poll(() => lists.requests('CTRL_HUB').length).toBeGreaterThan(1);
    await cold.lists.assignments?.amend((list) => withAssignments(list, written(1)));
    await started;
    expect(cold.lists.assignments?.current?.value.rows.at(-1)).toEqual(written(1).rows[0]);
  });

  it('makes a reading in flight useless where it cannot be told what: those who wait get the next one', async () => {
    const { reading } = await readingInFlight();
    const before = assignments().version;
    lists.sandbox.ctrlHub.data.assignments.splice(0, 1);
    assignments().invalidate();
    lists.sandbox.ctrlHub.latencyMs = 0;
    expect(assignments().valid).toBeNull();
    expect((await reading).value.rows).toHaveLength(lists.company.ctrlHub.assignments.length);
    expect(assignments().version).toBe(before + 2);
    expect(lists.requests('CTRL_HUB')).toHaveLength(1 + 3);
  });
});
