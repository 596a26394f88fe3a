import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startGraph, type TestGraph } from '../helpers/graph.ts';
import { luccaInOrder } from '../helpers/truth.ts';
import { fullJoinOf, isShared } from '../helpers/truth-full-join.ts';
import { peopleOf } from '../helpers/truth-people.ts';

let graph: TestGraph;
beforeEach(async () => {
  graph = await startGraph({ env: { CACHE_FRESH_SECONDS: '0' } });
});
afterEach(() => graph.stop());

const one = z.object({
  employee: z.object({
    id: z.string(),
    grade: z.object({ externalKey: z.string() }).nullable(),
    identities: z.array(z.object({ upstream: z.string(), upstreamId: z.string(), matchedBy: z.string() })),
  }),
});

const ask = (by: object) =>
  graph.query(
    `query ($by: EmployeeBy!) { employee(by: $by) {
      id grade { externalKey } identities { upstream upstreamId matchedBy } jobRoleAssignments { totalCount }
    } }`,
    { by },
  );

const idsAndKey = z.object({ id: z.string() });

describe('a conflict', () => {
  it('of two records of Lucca makes their address nobody’s', async () => {
    const couple = graph.company.lucca.employees.filter((it) => isShared(graph.company, it));
    expect(couple).toHaveLength(2);
    const { data, errors } = await ask({ email: couple[0]?.email });
    expect(data).toEqual({ employee: null });
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatchObject({ path: ['employee'], extensions: { code: 'CONFLICT' } });
  });

  it('with two rows of NAVER or two users of Ctrl Hub is seen as well by who asks for one person of Lucca', async () => {
    const expected = fullJoinOf(graph.company);
    for (const [index, row] of luccaInOrder(graph.company).entries()) {
      if (!isInConflict(row.email) || isShared(graph.company, row)) continue;
      const { employee } = one.parse((await ask({ luccaId: row.id })).data);
      expect.soft(employee.identities, `${row.givenName} ${row.familyName}`).toEqual(expected[index]?.identities);
    }
  });

  it('is seen as well by who asks for one person of NAVER alone', async () => {
    const people = peopleOf(graph.company);
    for (const row of graph.company.naver.employees) {
      if (row.externalKey === null || !isInConflict(row.emailAddress)) continue;
      const { employee } = one.parse((await ask({ naverExternalKey: row.externalKey })).data);
      const { lucca, user } = people.find((it) => it.naver === row) ?? {};
      const real = [lucca?.id, row.externalKey, user?.id].filter((it) => it != null);
      expect.soft(employee.identities.map((it) => it.upstreamId).sort(), row.name).toEqual(real.sort());
    }
  });

  it('of addresses that differ by case alone is a conflict still, where the whole directory is read', async () => {
    const [first] = graph.company.lucca.employees.filter((it) => isShared(graph.company, it));
    if (first === undefined || first.email === null) throw new Error('The company has no couple.');
    first.email = first.email.toUpperCase();
    const { data } = await graph.query(
      '{ unlinkedPeople(first: 100) { nodes { identityConflicts { matchedBy records { upstreamId } } } } }',
    );
    expect(JSON.stringify(data)).toContain(`"upstreamId":"${first.id}"`);
  });

  it('of two rows of NAVER gives each of them an id of its own', async () => {
    const rows = graph.company.naver.employees.filter((it) => it.emailAddress?.startsWith('yard.office@'));
    expect(rows).toHaveLength(2);
    const ids: string[] = [];
    for (const { externalKey } of rows)
      ids.push(one.parse((await ask({ naverExternalKey: externalKey })).data).employee.id);
    const [paulo] = graph.company.lucca.employees.filter((it) => it.email?.startsWith('yard.office@'));
    ids.push(one.parse((await ask({ luccaId: paulo?.id })).data).employee.id);
    expect(new Set(ids).size).toBe(3);
  });

  it('of two users of Ctrl Hub is seen even where only one of them is on the page', async () => {
    const rows = graph.company.ctrlHub.users.filter((it) => it.email.startsWith('harbour.control@'));
    expect(rows).toHaveLength(2);
    for (const user of rows) {
      const whole = one.parse((await ask({ ctrlHubId: user.id })).data).employee;
      expect(whole.identities).toEqual([{ upstream: 'CTRL_HUB', upstreamId: user.id, matchedBy: 'SOURCE' }]);
      const held = graph.company.ctrlHub.assignments.find((it) => it.userId === user.id);
      if (held === undefined) continue;
      const role = Buffer.from(`JobRole:${held.roleId}`).toString('base64url');
      const { data } = await graph.query(
        `query ($role: ID!, $type: String) { jobRoleAssignments(first: 100, filter: { jobRoleIds: [$role], type: $type }) {
          nodes { ctrlHubId employee { id } }
        } }`,
        { role, type: held.type },
      );
      const page = z.object({
        jobRoleAssignments: z.object({ nodes: z.array(z.object({ ctrlHubId: z.string(), employee: idsAndKey })) }),
      });
      const { nodes } = page.parse(data).jobRoleAssignments;
      expect(nodes.find((it) => it.ctrlHubId === held.id)?.employee.id).toBe(whole.id);
    }
  });

  it('is logged with its extent and without a name, an address or an identifier', async () => {
    await graph.query('{ grades(first: 100) { nodes { employees { totalCount } } } }');
    const line = graph.log.find((it) => it.includes('conflicts'));
    expect(JSON.parse(line ?? '{}')).toMatchObject({ upstream: 'NAVER', conflicts: { EMAIL: 2 } });
    const told = graph.log.join('');
    expect(told).not.toContain('@');
    for (const { familyName, id } of graph.company.lucca.employees) {
      expect(told).not.toContain(` ${familyName}"`);
      expect(told).not.toContain(`"${id}"`);
    }
  });
});

/** The three mailboxes that somebody shares with somebody else. */
const isInConflict = (email: string | null): boolean =>
  email !== null && /^(yard\.office|harbour\.control|zetterberg)@/i.test(email);
