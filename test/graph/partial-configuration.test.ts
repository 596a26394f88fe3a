import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Upstream } from '../../src/domain/upstream.ts';
import { startGraph, type TestGraph } from '../helpers/graph.ts';
import { operation } from '../helpers/operation.ts';
import { naverKeyOf } from '../helpers/truth.ts';

let graph: TestGraph | undefined;
afterEach(() => graph?.stop());

const variablesOf: Record<Upstream, string[]> = {
  LUCCA: ['LUCCA_BASE_URL', 'LUCCA_TOKEN_URL', 'LUCCA_CLIENT_ID', 'LUCCA_CLIENT_SECRET'],
  CTRL_HUB: ['CTRL_HUB_BASE_URL', 'CTRL_HUB_SESSION_TOKEN', 'CTRL_HUB_ORGANISATION_ID'],
  NAVER: ['NAVER_BASE_URL', 'NAVER_COMPANY_ID', 'NAVER_ACCESS_KEY', 'NAVER_SECRET_KEY'],
};

/** A deployment to which these upstreams are unknown. */
async function startWithout(...upstreams: Upstream[]): Promise<TestGraph> {
  const env = Object.fromEntries(upstreams.flatMap((it) => variablesOf[it]).map((name) => [name, undefined]));
  graph = await startGraph({ env });
  return graph;
}

const directory = z.object({
  employees: z.object({
    nodes: z.array(z.object({ id: z.string() })),
    totalCount: z.number(),
    pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
  }),
});

const page = z.object({
  employees: z.object({ nodes: z.array(z.looseObject({ id: z.string(), displayName: z.string() })) }),
});

describe('a deployment without Lucca', () => {
  it('lists the people of NAVER who have a key, each once', async () => {
    const { query, company, requests } = await startWithout('LUCCA');
    const named = company.naver.employees.filter((it) => naverKeyOf(it) !== null);
    const ids: string[] = [];
    const document = `query ($after: String) { employees(first: 100, after: $after) {
      nodes { id } totalCount pageInfo { hasNextPage endCursor }
    } }`;
    let after: string | null = null;
    do {
      const answer = await query(document, { after });
      const { nodes, totalCount, pageInfo } = directory.parse(answer.data).employees;
      expect(totalCount).toBe(named.length);
      ids.push(...nodes.map((it) => it.id));
      after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
    } while (after !== null);
    const expected = named.map(({ externalKey, empId }) => (externalKey === null ? `W:${empId}` : `N:${externalKey}`));
    expect(ids.map((id) => Buffer.from(id, 'base64url').toString('utf8')).sort()).toEqual(
      expected.map((key) => `Employee:${key}`).sort(),
    );
    expect(requests().LUCCA).toEqual([]);
  });

  it('says of each of Lucca’s fields that it is not configured', async () => {
    const { query } = await startWithout('LUCCA');
    const { data, errors } = await query(`{
      employees(first: 1) { nodes { id displayName status employeeNumber jobTitle jobQualification { rank } grade { name }
        identities { upstream matchedBy } } }
      professions { totalCount }
    }`);
    const missing = ['status', 'employeeNumber', 'jobTitle', 'jobQualification'];
    const [first] = page.parse(data).employees.nodes;
    for (const field of missing) expect(first?.[field]).toBeNull();
    expect(first?.identities).toContainEqual({ upstream: 'NAVER', matchedBy: 'SOURCE' });
    expect(data).toMatchObject({ professions: null });
    expect(errors.map((it) => it.path?.join('.')).sort()).toEqual(
      [...missing.map((it) => `employees.nodes.0.${it}`), 'professions'].sort(),
    );
    for (const { extensions } of errors)
      expect(extensions).toMatchObject({ code: 'UPSTREAM_NOT_CONFIGURED', upstream: 'LUCCA' });
  });

  it('answers q05 and q04 without an error', async () => {
    const { query } = await startWithout('LUCCA');
    for (const name of ['q05-grade-ladder', 'q04-role-board'])
      expect((await query(operation(name))).errors).toEqual([]);
  });
});

describe('a deployment with Ctrl Hub alone', () => {
  it('lists the people whom Ctrl Hub shows, under their names or else their addresses', async () => {
    const { query, company } = await startWithout('LUCCA', 'NAVER');
    const { data, errors } = await query(
      '{ employees(first: 100) { nodes { id displayName identities { upstreamId } } } }',
    );
    expect(errors).toEqual([]);
    const { nodes } = page.parse(data).employees;
    expect(nodes).toHaveLength(100);
    for (const { displayName, identities } of nodes) {
      const user = company.ctrlHub.users.find((it) => JSON.stringify(identities) === `[{"upstreamId":"${it.id}"}]`);
      const hasName = user?.firstName !== '' && user?.lastName !== '';
      expect(displayName).toBe(hasName ? `${user?.firstName} ${user?.lastName}` : user?.email);
    }
  });

  it('answers q04 without an error', async () => {
    const { query } = await startWithout('LUCCA', 'NAVER');
    expect((await query(operation('q04-role-board'))).errors).toEqual([]);
  });
});

describe('a deployment without NAVER', () => {
  it('takes the hire date from Lucca and leaves NAVER out of identities', async () => {
    const { query, company } = await startWithout('NAVER');
    const { data, errors } = await query(
      'query ($email: EmailAddress!) { employee(by: { email: $email }) { hiredOn displayName(locale: "ko-KR") identities { upstream } grade { name } } }',
      { email: 'mina.han@hanbit-marine.example' },
    );
    const [mina] = company.lucca.employees;
    expect(data).toEqual({
      employee: {
        hiredOn: company.lucca.employments.find((it) => it.employeeId === mina?.id)?.startsOn,
        displayName: 'Mina Han',
        identities: [{ upstream: 'LUCCA' }, { upstream: 'CTRL_HUB' }],
        grade: null,
      },
    });
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatchObject({
      path: ['employee', 'grade'],
      extensions: { code: 'UPSTREAM_NOT_CONFIGURED', upstream: 'NAVER' },
    });
  });
});

describe('a deployment without Ctrl Hub', () => {
  const nodeId = (type: string, key: string): string => Buffer.from(`${type}:${key}`).toString('base64url');

  it.each<[string, string, Record<string, unknown>]>([
    ['jobRoleAssignments', '{ jobRoleAssignments { totalCount } }', {}],
    ['jobRoles', '{ jobRoles { totalCount } }', {}],
    ['jobRole', 'query ($id: ID!) { jobRole(id: $id) { id } }', { id: nodeId('JobRole', 'x') }],
    ['node', 'query ($id: ID!) { node(id: $id) { id } }', { id: nodeId('Organisation', 'x') }],
    ['node', 'query ($id: ID!) { node(id: $id) { id } }', { id: nodeId('JobRoleAssignment', 'x.y') }],
    ['node', 'query ($id: ID!) { node(id: $id) { id } }', { id: nodeId('Employee', 'C:x') }],
    ['employee', '{ employee(by: { ctrlHubId: "x" }) { id } }', {}],
    ['employees', '{ employees(filter: { assignmentType: "cover" }) { totalCount } }', {}],
    ['unlinkedPeople', '{ unlinkedPeople(missingFrom: CTRL_HUB) { totalCount } }', {}],
  ])('says of %s that it is not configured', async (field, document, variables) => {
    const { query } = await startWithout('CTRL_HUB');
    const { data, errors } = await query(document, variables);
    expect(data).toEqual({ [field]: null });
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatchObject({
      path: [field],
      extensions: { code: 'UPSTREAM_NOT_CONFIGURED', upstream: 'CTRL_HUB' },
    });
  });

  it('links and names people by the two others, and leaves it out of identities', async () => {
    const { query } = await startWithout('CTRL_HUB');
    const { data, errors } = await query(
      `query ($email: EmailAddress!) { employee(by: { email: $email }) {
        grade { externalKey } identities { upstream } identityConflicts { matchedBy } } }`,
      { email: 'mina.han@hanbit-marine.example' },
    );
    expect(errors).toEqual([]);
    expect(data).toMatchObject({
      employee: { identities: [{ upstream: 'LUCCA' }, { upstream: 'NAVER' }], identityConflicts: [] },
    });
  });
});

describe('upstreams', () => {
  it('tells which are configured, and what each was asked', async () => {
    const { query, requests } = await startWithout('NAVER');
    await query('{ jobRoleAssignments(first: 1) { totalCount } employees(first: 1) { nodes { id } } }');
    const { data, errors } = await query(
      '{ upstreams { upstream isConfigured state requests lastError rateLimit { limit } } }',
    );
    expect(errors).toEqual([]);
    const shape = z.object({ upstreams: z.array(z.looseObject({ upstream: z.string() })) });
    const rows = new Map(shape.parse(data).upstreams.map((it) => [it.upstream, it]));
    expect([...rows.keys()].sort()).toEqual(['CTRL_HUB', 'LUCCA', 'NAVER']);
    expect(rows.get('NAVER')).toMatchObject({
      isConfigured: false,
      state: 'NOT_CONFIGURED',
      requests: 0,
      rateLimit: null,
    });
    expect(rows.get('CTRL_HUB')).toMatchObject({ isConfigured: true, state: 'UP', requests: 5, lastError: null });
    expect(rows.get('LUCCA')).toMatchObject({ isConfigured: true, state: 'UP', rateLimit: { limit: 1_000_000 } });
    expect(rows.get('LUCCA')?.requests).toBe(requests().LUCCA.length);
    expect(requests().CTRL_HUB).toHaveLength(5);
  });
});
