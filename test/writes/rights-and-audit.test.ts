import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { toNodeId } from '../../src/domain/node-id.ts';
import { startGraph, type TestGraph } from '../helpers/graph.ts';
import {
  auditOf,
  createAssignment,
  createItem,
  deleteItem,
  freeKey,
  hasMethod,
  heldKey,
  itemTypes,
  mutate,
  updateItem,
} from './write-fixture.ts';

let graph: TestGraph;
beforeEach(async () => {
  graph = await startGraph({ people: 60 });
  graph.forgetRequests();
});
afterEach(() => graph.stop());

/** Every mutation, with input that would succeed. */
function everyWrite(): [action: string, document: string, input: object][] {
  const { users, jobRoles } = graph.company.ctrlHub;
  const role = jobRoles.find((it) => it.deletedAt === null);
  return [
    ...itemTypes.flatMap((type): [string, string, object][] => [
      [`create${type}`, createItem(type), { externalKey: 'A1', name: 'Audited', sortOrder: 1 }],
      [`update${type}`, updateItem(type), { externalKey: heldKey[type], sortOrder: 2 }],
      [`delete${type}`, deleteItem(type), { externalKey: freeKey[type] }],
    ]),
    [
      'createJobRoleAssignment',
      createAssignment,
      { ctrlHubUserId: users[0]?.id, ctrlHubRoleId: role?.id, type: 'of this test' },
    ],
  ];
}

describe('a read-only deployment', () => {
  beforeEach(async () => {
    await graph.restartGraph({ READ_ONLY: 'on' });
    graph.forgetRequests();
  });

  it('refuses every mutation, sound or not, and sends nothing', async () => {
    for (const [action, document, input] of everyWrite()) {
      expect([action, (await mutate(graph, document, input)).__typename]).toEqual([action, 'ForbiddenError']);
      if ('externalKey' in input) {
        expect((await mutate(graph, document, { ...input, externalKey: '' })).__typename).toBe('ForbiddenError');
      }
    }
    expect(Object.values(graph.requests()).flat()).toEqual([]);
    expect(new Set(auditOf(graph).map((it) => it.outcome))).toEqual(new Set(['ForbiddenError']));
  });

  it('reads nothing ahead for a mutation that it refuses', async () => {
    const { data } = await graph.query(
      `mutation { createGrade(input: { externalKey: "A1", name: "A", sortOrder: 1 }) {
        __typename
        ... on CreateGradeSuccess { grade { employees { nodes { jobQualification { title } jobRoleAssignments { totalCount } } } } }
      } }`,
    );
    expect(data).toEqual({ createGrade: { __typename: 'ForbiddenError' } });
    expect(Object.values(graph.requests()).flat()).toEqual([]);
  });

  it('still answers queries', async () => {
    expect((await graph.query('{ grades { totalCount } }')).errors).toEqual([]);
  });
});

describe('the audit log', () => {
  it('has one line for each write: who, what, which object, what became of it, and the trace id', async () => {
    for (const [, document, input] of everyWrite()) await mutate(graph, document, input);
    const assignment = graph.company.ctrlHub.assignments.at(-1);
    const traced = (action: string, type: string, key: string | undefined, outcome: string) => ({
      viewer: 'anonymous',
      action,
      type,
      key,
      outcome,
      upstreamTraceId: expect.stringMatching(/^[\da-z-]{26,36}$/),
    });
    expect(auditOf(graph)).toEqual([
      traced('createGrade', 'Grade', 'A1', 'CreateGradeSuccess'),
      traced('updateGrade', 'Grade', heldKey.Grade, 'UpdateGradeSuccess'),
      traced('deleteGrade', 'Grade', freeKey.Grade, 'DeleteGradeSuccess'),
      traced('createPosition', 'Position', 'A1', 'CreatePositionSuccess'),
      traced('updatePosition', 'Position', heldKey.Position, 'UpdatePositionSuccess'),
      traced('deletePosition', 'Position', freeKey.Position, 'DeletePositionSuccess'),
      traced(
        'createJobRoleAssignment',
        'JobRoleAssignment',
        `${assignment?.id}.${assignment?.userId}`,
        'CreateJobRoleAssignmentSuccess',
      ),
    ]);
  });

  it('has a line for what was not done, too', async () => {
    graph.sandbox.naver.inject({
      matches: hasMethod('PUT'),
      reply: { status: 401, headers: { 'x-ncp-trace-id': 'refused0trace' }, body: { error: { errorCode: '210' } } },
    });
    await mutate(graph, updateItem('Grade'), { externalKey: heldKey.Grade, sortOrder: 2 });
    await mutate(graph, createItem('Grade'), { externalKey: heldKey.Grade, name: 'Taken', sortOrder: 2 });
    await mutate(graph, createItem('Grade'), {
      externalKey: 'mina.han@hanbit-marine.example',
      name: ' ',
      sortOrder: 2,
    });
    expect(auditOf(graph)).toEqual([
      expect.objectContaining({
        outcome: 'UpstreamRejectedError',
        key: heldKey.Grade,
        upstreamTraceId: 'refused0trace',
      }),
      expect.objectContaining({ outcome: 'AlreadyExistsError', key: heldKey.Grade, upstreamTraceId: null }),
      expect.objectContaining({ outcome: 'InvalidInputError', key: null, upstreamTraceId: null }),
    ]);
  });

  it('names people by identifiers only, and holds no credential', async () => {
    const { data } = await graph.query('query ($email: EmailAddress!) { employee(by: { email: $email }) { id } }', {
      email: graph.sandbox.showcaseEmail,
    });
    const employeeId = (data as { employee: { id: string } }).employee.id;
    const role = graph.company.ctrlHub.jobRoles.find((it) => it.deletedAt === null)?.id ?? '';
    await mutate(graph, createAssignment, { employeeId, jobRoleId: toNodeId('JobRole', role), type: 'of this test' });
    await mutate(graph, createAssignment, { employeeId: toNodeId('Employee', 'L:999999'), ctrlHubRoleId: role });
    expect(auditOf(graph).map((it) => it.outcome)).toEqual(['CreateJobRoleAssignmentSuccess', 'NotFoundError']);
    const log = graph.log.join('\n');
    for (const secret of [
      '@',
      'Mina',
      'Han"',
      ...Object.values(graph.sandbox.env).filter((it) => /secret|session|ACCESSKEY/i.test(it)),
    ]) {
      expect(log).not.toContain(secret);
    }
  });
});
