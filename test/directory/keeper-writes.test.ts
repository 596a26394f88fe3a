import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Emulator } from '../../src/sandbox/emulator.ts';
import { startGraph, type TestGraph } from '../helpers/graph.ts';
import { ManualClock } from '../helpers/manual-clock.ts';
import { createAssignment, deleteItem, heldKey, mutate } from '../writes/write-fixture.ts';

let graph: TestGraph;
let clock: ManualClock;
beforeEach(async () => {
  clock = new ManualClock();
  graph = await startGraph({ clock, env: { CACHE_ANSWERS: 'off' } });
});
afterEach(() => graph.stop());

const assignments = z.object({
  jobRoleAssignments: z.object({ totalCount: z.number(), nodes: z.array(z.object({ ctrlHubId: z.string() })) }),
});
const latest = '{ jobRoleAssignments(first: 100) { totalCount nodes { ctrlHubId } } }';
const total = async () => assignments.parse((await graph.query(latest)).data).jobRoleAssignments.totalCount;

/** Somebody, and job roles that they do not have yet. */
function somebody() {
  const { users, jobRoles, assignments: held } = graph.company.ctrlHub;
  const user = users[3] ?? expect.unreachable();
  const free = jobRoles.filter(
    ({ id, deletedAt }) => deletedAt === null && !held.some((it) => it.userId === user.id && it.roleId === id),
  );
  return { ctrlHubUserId: user.id, roles: free.map(({ id }) => id) };
}

async function assign(role: string | undefined) {
  const { ctrlHubUserId } = somebody();
  const { assignment } = await mutate(graph, createAssignment, { ctrlHubUserId, ctrlHubRoleId: role });
  return assignment?.ctrlHubId ?? expect.unreachable();
}

const holdings = async () => {
  const { data } = await graph.query(
    'query ($id: String!) { employee(by: { ctrlHubId: $id }) { jobRoleAssignments(first: 100) { nodes { ctrlHubId } } } }',
    { id: somebody().ctrlHubUserId },
  );
  return JSON.stringify(data);
};

/** A reading all of whose pages are on their way, as they were before what is written next. */
async function readingInFlight(emulator: Emulator, list: string, pages: number) {
  emulator.latencyMs = 1_000;
  graph.forgetRequests();
  clock.skip(3_600);
  const answer = graph.query(
    '{ employees(first: 100) { nodes { grade { externalKey } jobRoleAssignments { nodes { id } } } } }',
  );
  const sent = () => emulator.requests.filter(({ target }) => target.includes(list)).length;
  await expect.poll(sent, { timeout: 9_000 }).toBe(pages);
  emulator.latencyMs = 0;
  return { answer };
}

describe('createJobRoleAssignment', () => {
  it('is seen by whoever asks after it, and not lost by a reading that had begun before and ends later', async () => {
    const before = await total();
    const { answer } = await readingInFlight(graph.sandbox.ctrlHub, '/job-role-assignments', 3);
    const id = await assign(somebody().roles[0]);
    expect((await answer).errors.filter(({ extensions: { code } }) => code !== 'CONFLICT')).toEqual([]);
    expect(await total()).toBe(before + 1);
    expect(await holdings()).toContain(id);
  });

  it('of two at once loses neither', async () => {
    const before = await total();
    const { roles } = somebody();
    const { answer } = await readingInFlight(graph.sandbox.ctrlHub, '/job-role-assignments', 3);
    const ids = await Promise.all([assign(roles[0]), assign(roles[1])]);
    await answer;
    expect(await total()).toBe(before + 2);
    for (const id of ids) expect(await holdings()).toContain(id);
    // And by a reading that begins later.
    clock.skip(3_600);
    expect(await total()).toBe(before + 2);
  });

  it('costs no reading of all assignments', async () => {
    await total();
    graph.forgetRequests();
    const id = await assign(somebody().roles[0]);
    expect(await holdings()).toContain(id);
    const whole = graph
      .requests()
      .CTRL_HUB.filter(({ target }) => !target.includes('filter') && target.includes('limit='));
    expect(whole).toEqual([]);
  });
});

describe('deleteGrade', () => {
  it('is seen by whoever asks after it, although people were being read all the while', async () => {
    const key = heldKey.Grade;
    const has = async () => {
      const { data, errors } = await graph.query('{ employees(first: 100) { nodes { grade { externalKey } } } }');
      expect(errors.filter(({ extensions: { code } }) => code !== 'CONFLICT')).toEqual([]);
      return JSON.stringify(data).includes(`"${key}"`);
    };
    expect(await has()).toBe(true);
    const { answer } = await readingInFlight(graph.sandbox.naver, '/employee?', 2);
    const result = await mutate(graph, deleteItem('Grade'), { externalKey: key, evenIfInUse: true });
    expect(result.__typename).toBe('DeleteGradeSuccess');
    expect(await has()).toBe(false);
    // Who had asked before waits for a reading that shows the same.
    const { data, errors } = await answer;
    expect(errors.filter(({ extensions: { code } }) => code !== 'CONFLICT')).toEqual([]);
    expect(JSON.stringify(data)).not.toContain(`"${key}"`);
    expect(await has()).toBe(false);
  });
});
