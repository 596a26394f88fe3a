import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Upstream } from '../../src/domain/upstream.ts';
import type { Emulator } from '../../src/sandbox/emulator.ts';
import { type Answer, startGraph, type TestGraph } from '../helpers/graph.ts';
import { operation } from '../helpers/operation.ts';
import { fullJoinOf } from '../helpers/truth-full-join.ts';

let graph: TestGraph;
beforeEach(async () => {
  graph = await startGraph();
});
afterEach(() => graph.stop());

const emulatorOf = (upstream: Upstream): Emulator =>
  ({ LUCCA: graph.sandbox.lucca, CTRL_HUB: graph.sandbox.ctrlHub, NAVER: graph.sandbox.naver })[upstream];

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
    await emulatorOf(upstream).close();
    const answer = await graph.query(operation('q02-full-join'));
    const { nodes } = joined.parse(answer.data).employees;
    const missing = Object.fromEntries(fields.map((field) => [field, null]));
    const expected = fullJoinOf(graph.company).slice(0, 100);
    expect(nodes.map(({ id: _, ...person }) => person)).toEqual(expected.map((it) => ({ ...it, ...missing })));
    const paths = nodes.flatMap((_, index) => fields.map((field) => `employees.nodes.${index}.${field}`));
    expect(failures(answer)).toEqual(paths.map((path) => `${path} UPSTREAM_UNAVAILABLE ${upstream}`).sort());
  });

  it('is null with one error when Lucca is down', async () => {
    await graph.sandbox.lucca.close();
    const answer = await graph.query(operation('q02-full-join'));
    expect(answer.data).toEqual({ employees: null });
    expect(failures(answer)).toEqual(['employees UPSTREAM_UNAVAILABLE LUCCA']);
  });
});

describe('with Lucca down from the start', () => {
  const ladder = z.object({ grades: z.object({ nodes: z.array(z.looseObject({ employees: z.unknown() })) }) });

  it('q05 has the grades still, and Lucca’s error where it would name people', async () => {
    await graph.sandbox.lucca.close();
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
    await graph.sandbox.lucca.close();
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
    await graph.sandbox.lucca.close();
    const answer = await graph.query(`{
      employee(by: { naverExternalKey: "emp-00001" }) { id }
      jobRoleAssignments(first: 2) { nodes { type employee { id } } }
    }`);
    expect(answer.data).toMatchObject({
      employee: null,
      jobRoleAssignments: { nodes: [{ employee: null }, { employee: null }] },
    });
    expect(failures(answer)).toEqual([
      'employee UPSTREAM_UNAVAILABLE LUCCA',
      'jobRoleAssignments.nodes.0.employee UPSTREAM_UNAVAILABLE LUCCA',
      'jobRoleAssignments.nodes.1.employee UPSTREAM_UNAVAILABLE LUCCA',
    ]);
  });
});

describe('with several upstreams down', () => {
  it('a person keeps what Lucca knows', async () => {
    await Promise.all([graph.sandbox.naver.close(), graph.sandbox.ctrlHub.close()]);
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
    const document = '{ professions { totalCount } jobRoleAssignments { totalCount } grades { totalCount } }';
    const { lucca, ctrlHub, naver } = graph.sandbox;
    for (const emulator of [lucca, ctrlHub, naver]) {
      emulator.inject({ times: 3, matches: ({ path }) => path !== '/connect/token', cut: 'before' });
    }
    expect((await graph.query(document)).errors).toHaveLength(3);
    const { data, errors } = await graph.query(document);
    expect(errors).toEqual([]);
    expect(data).toEqual({
      professions: { totalCount: graph.company.lucca.professions.length },
      jobRoleAssignments: { totalCount: graph.company.ctrlHub.assignments.length },
      grades: { totalCount: graph.company.naver.grades.filter((it) => it.externalKey !== null).length },
    });
  });
});
