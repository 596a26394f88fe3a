import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ClientError, createHrGraphClient, graphErrorsOf } from '../../src/client/client.ts';
import type { Sdk } from '../../src/client/generated/sdk.ts';
import { startGraph, type TestGraph } from '../helpers/graph.ts';

let graph: TestGraph;
let client: Sdk;

beforeAll(async () => {
  graph = await startGraph();
  client = createHrGraphClient({ url: graph.url });
});
afterAll(() => graph.stop());

describe('the typed client', () => {
  it('has the operations that are tested here and in page-operations.test.ts', () => {
    expect(Object.keys(client).sort()).toEqual([
      'assignJobRole',
      'createGrade',
      'directoryPage',
      'filterChoices',
      'gradeLadder',
      'gradesToEdit',
      'jobRoleBoard',
      'jobRoleNames',
      'linkSuggestions',
      'linkedRecords',
      'peopleOutOfStep',
      'peopleWithRoles',
      'personByEmail',
      'personDetails',
      'recordComparisons',
      'request',
      'unlinkedPeople',
      'unlinkedRecords',
      'updateGrade',
      'upstreamStatus',
    ]);
  });

  it('reads the directory page by page, with the total only where it is asked for', async () => {
    const first = await client.directoryPage();
    const after = first.data.employees?.pageInfo.endCursor ?? null;
    const second = await client.directoryPage({ first: 5, after, withTotal: true });

    expect(first.errors).toBeUndefined();
    expect(first.data.employees?.nodes).toHaveLength(25);
    expect(first.data.employees).not.toHaveProperty('totalCount');
    expect(second.data.employees?.nodes).toHaveLength(5);
    expect(second.data.employees?.totalCount).toBe(graph.company.lucca.employees.length);
    const ids = [first, second].flatMap(({ data }) => data.employees?.nodes.map((it) => it.id) ?? []);
    expect(new Set(ids).size).toBe(30);
  });

  it('reads who is out of step and why, by which keys, and who may be one', async () => {
    const { data, errors = [] } = await client.peopleOutOfStep({ reasons: ['NO_MATCH'], first: 5 });
    expect(errors.filter((it) => it.extensions?.code !== 'CONFLICT')).toEqual([]);
    expect(data.unlinkedPeople?.nodes).toHaveLength(5);
    for (const { missingLinks } of data.unlinkedPeople?.nodes ?? [])
      expect(missingLinks?.map(({ reason }) => reason)).toContain('NO_MATCH');
    const [linked, unlinked] = [await client.linkedRecords({ first: 3 }), await client.unlinkedRecords({ first: 3 })];
    for (const { identities } of [
      ...(linked.data.employees?.nodes ?? []),
      ...(unlinked.data.unlinkedPeople?.nodes ?? []),
    ])
      expect(identities?.every(({ mappingKey }) => mappingKey !== '')).toBe(true);
    const suggestions = await client.linkSuggestions();
    expect(suggestions.data.linkSuggestions?.nodes[0]?.people).toHaveLength(2);
  });

  it('filters the directory', async () => {
    const { data } = await client.directoryPage({ filter: { emails: [graph.sandbox.showcaseEmail.toUpperCase()] } });
    expect(data.employees?.nodes.map((it) => it.displayName)).toEqual(['Mina Han']);
  });

  it('joins a person over all upstreams, in the language asked for', async () => {
    const { data, errors } = await client.personByEmail({ email: graph.sandbox.showcaseEmail, locale: 'ko-KR' });
    expect(errors).toBeUndefined();
    const { employee } = data;
    expect(employee).toMatchObject({ displayName: 'Mina Han', givenName: 'Mina', familyName: 'Han' });
    expect(employee?.identities?.map((it) => it.upstream).sort()).toEqual(['CTRL_HUB', 'LUCCA', 'NAVER']);
    expect(employee?.grade?.name).toMatch(/[가-힣]/);
    expect(employee?.position?.externalKey).toBeTruthy();
    expect(employee?.jobQualification?.rank).toBeGreaterThan(0);
    expect(employee?.profession?.title).toBeTruthy();
    expect(employee?.jobRoleAssignments?.nodes[0]?.role?.name).toBeTruthy();
  });

  it('answers null for an address that nobody has', async () => {
    const { data, errors } = await client.personByEmail({ email: 'nobody@hanbit-marine.example' });
    expect({ data, errors }).toEqual({ data: { employee: null }, errors: undefined });
  });

  it('reads the grade ladder with its people', async () => {
    const { data } = await client.gradeLadder({ people: 3 });
    const grades = data.grades?.nodes ?? [];
    expect(grades.length).toBeGreaterThan(0);
    expect(grades.every((it) => it.isActive)).toBe(true);
    expect(grades.map((it) => it.sortOrder)).toEqual(
      grades.map((it) => it.sortOrder).sort((a, b) => (a ?? 0) - (b ?? 0)),
    );
    expect(Math.max(...grades.map((it) => it.employees?.nodes.length ?? 0))).toBe(3);
  });

  it('reads the job role board with the holders', async () => {
    const { data, errors } = await client.jobRoleBoard({ first: 5, people: 2 });
    expect(errors).toBeUndefined();
    const roles = data.jobRoles?.nodes ?? [];
    expect(roles).toHaveLength(5);
    for (const { assignments } of roles) {
      expect(assignments?.totalCount).toBeGreaterThanOrEqual(assignments?.nodes.length ?? Number.NaN);
      expect(assignments?.nodes[0]?.employee?.displayName).toBeTruthy();
    }
  });

  it('tells what a mutation has written from why nothing was, by __typename', async () => {
    const input = { externalKey: 'TYPED', name: 'Typed', sortOrder: 1 };
    const written = await client.createGrade({ input });
    const refused = await client.createGrade({ input });
    const told = [written, refused].map(({ data: { createGrade: result } }) => {
      switch (result.__typename) {
        case 'CreateGradeSuccess':
          return result.grade.externalKey;
        case 'AlreadyExistsError':
          return result.field;
        default:
          return result.message;
      }
    });
    expect(told).toEqual(['TYPED', 'externalKey']);
  });

  it('gives somebody a job role, which is among theirs from then on', async () => {
    const [person] = (await client.directoryPage({ filter: { emails: [graph.sandbox.showcaseEmail] } })).data.employees
      ?.nodes ?? [{ id: '' }];
    const id = person?.id ?? '';
    const rolesOf = async () =>
      (await client.personDetails({ id })).data.employee?.jobRoleAssignments?.nodes.map((it) => it.role?.id) ?? [];
    const before = await rolesOf();
    const role = (await client.jobRoleNames()).data.jobRoles?.nodes.find((it) => !before.includes(it.id));
    const { data } = await client.assignJobRole({ input: { employeeId: id, jobRoleId: role?.id ?? '' } });
    expect(data.createJobRoleAssignment).toMatchObject({ assignment: { role } });
    expect((await rolesOf()).toSorted()).toEqual([...before, role?.id].toSorted());
  });

  it('reads how the upstreams are doing', async () => {
    const { data } = await client.upstreamStatus();
    expect(data.upstreams.map((it) => it.upstream).sort()).toEqual(['CTRL_HUB', 'LUCCA', 'NAVER']);
    expect(data.upstreams.map((it) => it.state)).toEqual(['UP', 'UP', 'UP']);
  });

  it('asks for its headers anew with each request, and sends them by the fetch that it is given', async () => {
    const sent: (string | null)[] = [];
    let token = 0;
    const withToken = createHrGraphClient({
      url: graph.url,
      headers: () => ({ authorization: `Bearer ${++token}` }),
      fetch: (input, init) => {
        sent.push(new Headers(init?.headers).get('authorization'));
        return fetch(input, init);
      },
    });
    await withToken.upstreamStatus();
    await withToken.upstreamStatus();
    expect(sent).toEqual(['Bearer 1', 'Bearer 2']);
  });

  it('throws, with the reason, when the operation does not run', async () => {
    const refused = await failureOf(client.personByEmail({ email: 'not an address' }));
    expect(refused).toBeInstanceOf(ClientError);
    expect(graphErrorsOf(refused)).toEqual([{ code: 'BAD_USER_INPUT', message: expect.any(String), path: [] }]);
  });

  it('throws, with the status, when something else answers at the address', async () => {
    const elsewhere = createHrGraphClient({ url: graph.url.replace('/graphql', '/elsewhere') });
    const refused = await failureOf(elsewhere.upstreamStatus());
    expect(refused).toBeInstanceOf(ClientError);
    expect(refused).toMatchObject({ response: { status: 404 } });
  });
});

const failureOf = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => 'none',
    (error: unknown) => error,
  );

describe('the typed client of a deployment without NAVER WORKPLACE', () => {
  it('keeps what the others know and says which fields failed', async () => {
    const withoutNaver = await startGraph({
      env: {
        NAVER_BASE_URL: undefined,
        NAVER_COMPANY_ID: undefined,
        NAVER_ACCESS_KEY: undefined,
        NAVER_SECRET_KEY: undefined,
      },
    });
    try {
      const { url, sandbox } = withoutNaver;
      const { data, errors } = await createHrGraphClient({ url }).personByEmail({ email: sandbox.showcaseEmail });
      expect(data.employee).toMatchObject({ displayName: 'Mina Han', grade: null, position: null });
      expect(data.employee?.jobQualification?.title).toBeTruthy();
      expect(graphErrorsOf({ errors })).toEqual([
        expect.objectContaining({ path: ['employee', 'grade'], code: 'UPSTREAM_NOT_CONFIGURED', upstream: 'NAVER' }),
        expect.objectContaining({ path: ['employee', 'position'], code: 'UPSTREAM_NOT_CONFIGURED', upstream: 'NAVER' }),
      ]);
    } finally {
      await withoutNaver.stop();
    }
  });
});

describe('the example', () => {
  const runExample = async (url: string) => {
    const child = spawn(process.execPath, [join(import.meta.dirname, '../../src/client/example.ts'), url]);
    const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
    return { stdout, stderr, status: child.exitCode };
  };

  it('prints the first people as a table', async () => {
    const { stdout, stderr, status } = await runExample(graph.url);
    const lines = stdout.trimEnd().split('\n');
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
    expect(lines[0]).toMatch(/^Name +E-mail +Status +Job title$/);
    expect(lines).toHaveLength(12);
    expect(lines.at(-1)).toBe(`10 of ${graph.company.lucca.employees.length} people`);
  });

  it('fails with a hint when nothing answers', async () => {
    const gone = await startGraph();
    await gone.stop();
    const { stdout, stderr, status } = await runExample(gone.url);
    expect({ stdout, status }).toEqual({ stdout: '', status: 1 });
    expect(stderr).toContain(`${gone.url} does not respond`);
  });
});
