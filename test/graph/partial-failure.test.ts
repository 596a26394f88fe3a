import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Upstream, upstreams } from '../../src/domain/upstream.ts';
import { emulatorIn } from '../helpers/emulator-in.ts';
import { type Answer, startGraph, type TestGraph } from '../helpers/graph.ts';
import { operation } from '../helpers/operation.ts';
import { fullJoinOf } from '../helpers/truth-full-join.ts';

let graph: TestGraph;
afterEach(() => graph.stop());

/** A process that has never had an answer of these. */
async function startWithout(...down: Upstream[]): Promise<void> {
  graph = await startGraph({
    prepare: (sandbox) => Promise.all(down.map((it) => emulatorIn(sandbox, it).close())),
  });
}

const joined = z.object({ employees: z.object({ nodes: z.array(z.looseObject({ id: z.string() })) }) });

/** Every error but the conflicts, as `path code upstream`. */
const failures = ({ errors }: Answer): string[] =>
  errors
    .filter((it) => it.extensions.code !== 'CONFLICT')
    .map(({ path = [], extensions }) => `${path.join('.')} ${extensions.code} ${extensions.upstream}`)
    .sort();

const lost: [Upstream, string[]][] = [
  ['CTRL_HUB', ['identities', 'jobRoleAssignments']],
  ['NAVER', ['grade', 'hiredOn', 'identities', 'position']],
];

describe('q02 with an upstream down from the start', () => {
  it.each(lost)('loses with %s that upstream’s fields and nothing else', async (upstream, fields) => {
    await startWithout(upstream);
    const answer = await graph.query(operation('q02-full-join'));
    const { nodes } = joined.parse(answer.data).employees;
    const missing = Object.fromEntries(fields.map((field) => [field, null]));
    const expected = fullJoinOf(graph.company).slice(0, 100);
    expect(nodes.map(({ id: _, ...person }) => person)).toEqual(expected.map((it) => ({ ...it, ...missing })));
    const paths = nodes.flatMap((_, index) => fields.map((field) => `employees.nodes.${index}.${field}`));
    expect(failures(answer)).toEqual(paths.map((path) => `${path} UPSTREAM_UNAVAILABLE ${upstream}`).sort());
  });

  it('is null with one error when Lucca is down', async () => {
    await startWithout('LUCCA');
    const answer = await graph.query(operation('q02-full-join'));
    expect(answer.data).toEqual({ employees: null });
    expect(failures(answer)).toEqual(['employees UPSTREAM_UNAVAILABLE LUCCA']);
  });
});

describe('with Lucca down from the start', () => {
  const ladder = z.object({ grades: z.object({ nodes: z.array(z.looseObject({ employees: z.unknown() })) }) });

  it('q05 has the grades still, and Lucca’s error where it would name people', async () => {
    await startWithout('LUCCA');
    const answer = await graph.query(operation('q05-grade-ladder'));
    const inUse = graph.company.naver.grades.filter((it) => it.itemUsed && it.externalKey !== null);
    const { nodes } = ladder.parse(answer.data).grades;
    expect(nodes.map((it) => it.externalKey)).toEqual(inUse.map((it) => it.externalKey));
    expect(nodes.map((it) => it.sortOrder)).toEqual(inUse.map((it) => it.sortOrder));
    expect(nodes.every((it) => it.employees === null)).toBe(true);
    const paths = nodes.map((_, index) => `grades.nodes.${index}.employees UPSTREAM_UNAVAILABLE LUCCA`);
    expect(failures(answer)).toEqual(paths.sort());
  });

  it('positions, job roles and assignments answer without an error as long as nobody is to be named', async () => {
    await startWithout('LUCCA');
    const answer = await graph.query(`{
      positions(first: 100) { nodes { name } }
      jobRoles(first: 100) { totalCount }
      jobRoleAssignments(first: 1) { nodes { type role { name } } totalCount }
    }`);
    const { naver, ctrlHub } = graph.company;
    expect(answer.errors).toEqual([]);
    expect(answer.data).toMatchObject({
      positions: { nodes: naver.jobs.map(({ name }) => ({ name })) },
      jobRoles: { totalCount: new Set(ctrlHub.assignments.map((it) => it.roleId)).size },
      jobRoleAssignments: { totalCount: ctrlHub.assignments.length },
    });
  });

  it('the field that would name a person fails with Lucca’s code: no other id is issued', async () => {
    await startWithout('LUCCA');
    const stranger = graph.company.naver.employees.find((it) => it.externalKey === 'emp-00008');
    const user = graph.company.ctrlHub.users[0];
    const answer = await graph.query(
      `query ($email: EmailAddress!, $userId: String!, $naverId: ID!) {
        known: employee(by: { naverExternalKey: "emp-00001" }) { id }
        stranger: employee(by: { naverExternalKey: "emp-00008" }) { id }
        byEmail: employee(by: { email: $email }) { id }
        byUser: employee(by: { ctrlHubId: $userId }) { id }
        node(id: $naverId) { id }
        jobRoleAssignments(first: 2) { nodes { type employee { id } } }
        unlinkedPeople { totalCount }
      }`,
      {
        email: stranger?.emailAddress?.trim(),
        userId: user?.id,
        naverId: Buffer.from('Employee:N:emp-00008').toString('base64url'),
      },
    );
    expect(answer.data).toMatchObject({
      ...{ known: null, stranger: null, byEmail: null, byUser: null, node: null, unlinkedPeople: null },
      jobRoleAssignments: { nodes: [{ employee: null }, { employee: null }] },
    });
    expect(failures(answer)).toEqual(
      [
        ...['known', 'stranger', 'byEmail', 'byUser', 'node', 'unlinkedPeople'],
        ...['jobRoleAssignments.nodes.0.employee', 'jobRoleAssignments.nodes.1.employee'],
      ]
        .map((path) => `${path} UPSTREAM_UNAVAILABLE LUCCA`)
        .sort(),
    );
  });
});

describe('with NAVER down from the start', () => {
  it('people whom Lucca leads are named by every way that does not need NAVER, and all others fail', async () => {
    await startWithout('NAVER');
    const [mina] = graph.company.lucca.employees;
    const user = graph.company.ctrlHub.users.find((it) => it.email === graph.sandbox.showcaseEmail);
    const answer = await graph.query(
      `query ($email: EmailAddress!, $luccaId: String!, $userId: String!) {
        byEmail: employee(by: { email: $email }) { displayName(locale: "ko-KR") }
        byLuccaId: employee(by: { luccaId: $luccaId }) { displayName identityConflicts { matchedBy } }
        byUser: employee(by: { ctrlHubId: $userId }) { displayName }
        byNaver: employee(by: { naverExternalKey: "emp-00001" }) { displayName }
        nobody: employee(by: { email: "nobody@elsewhere.example" }) { id }
        byGrade: employees(filter: { gradeKeys: ["G01"] }) { totalCount }
        byHireDate: employees(orderBy: HIRED_ON_ASC) { totalCount }
        employees { totalCount }
        unlinkedPeople(missingFrom: CTRL_HUB) { totalCount }
      }`,
      { email: graph.sandbox.showcaseEmail, luccaId: mina?.id, userId: user?.id },
    );
    expect(answer.data).toEqual({
      byEmail: { displayName: 'Mina Han' },
      byLuccaId: { displayName: 'Mina Han', identityConflicts: null },
      byUser: { displayName: 'Mina Han' },
      ...{ byNaver: null, nobody: null, byGrade: null, byHireDate: null, unlinkedPeople: null },
      employees: { totalCount: graph.company.lucca.employees.length },
    });
    const fields = ['byNaver', 'nobody', 'byGrade', 'byHireDate', 'unlinkedPeople', 'byLuccaId.identityConflicts'];
    expect(failures(answer)).toEqual(fields.map((path) => `${path} UPSTREAM_UNAVAILABLE NAVER`).sort());
  });
});

describe('with several upstreams down', () => {
  it('a person keeps what Lucca knows', async () => {
    await startWithout('NAVER', 'CTRL_HUB');
    const email = graph.sandbox.showcaseEmail;
    const answer = await graph.query(
      `query ($email: EmailAddress!) { employee(by: { email: $email }) {
        displayName(locale: "ko-KR") jobTitle jobQualification { rank } grade { name }
        identities { upstream } lucca: identities(upstreams: [LUCCA]) { upstream }
      } }`,
      { email },
    );
    expect(answer.data).toMatchObject({
      employee: {
        displayName: 'Mina Han',
        jobQualification: { rank: 3 },
        grade: null,
        identities: null,
        lucca: [{ upstream: 'LUCCA' }],
      },
    });
    expect(failures(answer).map((it) => it.replace(/ (NAVER|CTRL_HUB)$/, ''))).toEqual([
      'employee.grade UPSTREAM_UNAVAILABLE',
      'employee.identities UPSTREAM_UNAVAILABLE',
    ]);
  });

  it('a later operation has everything again once they are back', async () => {
    graph = await startGraph({
      prepare: (sandbox) => {
        for (const it of upstreams) {
          emulatorIn(sandbox, it).inject({ times: 9, matches: ({ path }) => path !== '/connect/token', cut: 'before' });
        }
      },
    });
    const document = operation('q11-counts');
    expect((await graph.query(document)).errors.length).toBeGreaterThan(3);
    for (const it of upstreams) emulatorIn(graph.sandbox, it).recover();
    // A circuit that is open lets a first request through after a while.
    await expect.poll(async () => (await graph.query(document)).errors, { timeout: 15_000, interval: 500 }).toEqual([]);
    const { data } = await graph.query(document);
    const { lucca, ctrlHub, naver } = graph.company;
    expect(data).toEqual({
      employees: { totalCount: lucca.employees.length },
      jobQualifications: { totalCount: lucca.jobQualifications.length },
      professions: { totalCount: lucca.professions.length },
      jobRoleAssignments: { totalCount: ctrlHub.assignments.length },
      grades: { totalCount: naver.grades.filter((it) => it.externalKey !== null).length },
      positions: { totalCount: naver.jobs.filter((it) => it.externalKey !== null).length },
    });
  });
});
