import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readConfig } from '../../src/config/config.ts';
import { ConfigError } from '../../src/config/config-error.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { operation } from '../helpers/operation.ts';
import { cleanUp } from '../process/child.ts';
import { ask, startServer } from '../process/server.ts';
import { type GuardedGraph, startGuardedGraph } from './rights-callers.ts';
import { everything } from './rights-table.ts';

const folder = mkdtempSync(join(tmpdir(), 'audit-'));
const file = join(folder, 'audit.jsonl');
afterAll(() => rmSync(folder, { recursive: true }));

const line = z.discriminatedUnion('audit', [
  z.strictObject({
    time: z.iso.datetime(),
    audit: z.literal('read'),
    requestId: z.string(),
    viewer: z.string(),
    operation: z.string().nullable(),
    operationType: z.enum(['query', 'mutation']),
    classes: z.array(z.enum(['PUBLIC', 'PERSONAL', 'SENSITIVE'])),
    fields: z.array(z.string().regex(/^[A-Z]\w+\.\w+$/)),
    people: z.number().int(),
    errors: z.record(z.string(), z.number()),
  }),
  z.strictObject({
    time: z.iso.datetime(),
    audit: z.literal('write'),
    requestId: z.string(),
    viewer: z.string(),
    action: z.string(),
    type: z.string(),
    key: z.string().nullable(),
    outcome: z.string(),
    upstreamTraceId: z.string().nullable(),
  }),
]);

const linesIn = (text: string) =>
  text
    .split('\n')
    .filter((it) => it !== '')
    .map((it) => line.parse(JSON.parse(it)));

/** A line, without its time and the id of its request. */
function only(lines: ReturnType<typeof linesIn>): object {
  expect(lines).toHaveLength(1);
  const [{ time: _, requestId: __, ...rest } = { time: '', requestId: '' }] = lines;
  return rest;
}

describe('the audit log in a file', () => {
  let guarded: GuardedGraph<'steward' | 'grades clerk'>;
  beforeAll(async () => {
    const grants = { steward: everything, 'grades clerk': ['grades.readwrite'] };
    guarded = await startGuardedGraph(grants, { env: { AUDIT_LOG: file, SUBGRAPH: 'on' } });
  });
  beforeEach(() => writeFileSync(file, ''));
  afterAll(() => guarded.stop());

  const audited = () => linesIn(readFileSync(file, 'utf8'));

  it('tells who read what of how many people, before they have the answer', async () => {
    await guarded.as('steward', 'query Board { employees(first: 7) { nodes { displayName status grade { name } } } }');
    expect(only(audited())).toEqual({
      audit: 'read',
      viewer: 'key:steward',
      operation: 'Board',
      operationType: 'query',
      classes: ['PERSONAL', 'PUBLIC', 'SENSITIVE'],
      fields: [
        'Employee.displayName',
        'Employee.grade',
        'Employee.status',
        'EmployeeConnection.nodes',
        'Query.employees',
      ],
      people: 7,
      errors: {},
    });
  });

  it('counts somebody who is reached by several ways once', async () => {
    const { showcaseEmail: email } = guarded.graph.sandbox;
    await guarded.as(
      'steward',
      `query Twice($email: EmailAddress!) {
        a: employee(by: { email: $email }) { id jobRoleAssignments { nodes { employee { displayName } } } }
        b: employee(by: { email: $email }) { familyName }
      }`,
      { email },
    );
    expect(only(audited())).toMatchObject({ operation: 'Twice', people: 1 });
  });

  it('tells of what a gateway reads as of anybody else', async () => {
    const { showcaseEmail: email } = guarded.graph.sandbox;
    const them = [{ __typename: 'Employee', email }, { __typename: 'Employee', email: null }, { __typename: 'Desk' }];
    await guarded.as(
      'steward',
      'query ($them: [_Any!]!) { _entities(representations: $them) { ... on Employee { email } } }',
      { them },
    );
    expect(only(audited())).toMatchObject({
      fields: ['Employee.email', 'Query._entities'],
      people: 1,
      errors: { BAD_USER_INPUT: 1 },
    });
  });

  it('counts nobody where only numbers or reference data are read', async () => {
    await guarded.as('steward', '{ employees { totalCount } }');
    await guarded.as('steward', '{ grades { nodes { name } } }');
    expect(audited()).toMatchObject([
      { operation: null, people: 0, fields: ['EmployeeConnection.totalCount', 'Query.employees'] },
      { operation: null, people: 0, fields: [], classes: ['PUBLIC'] },
    ]);
  });

  it('does not tell what was refused as read, but that it was refused', async () => {
    await guarded.as(
      'grades clerk',
      '{ grades(first: 2) { nodes { name employees { totalCount } } } employees { nodes { email } } }',
    );
    expect(only(audited())).toMatchObject({
      viewer: 'key:grades-clerk',
      fields: [],
      people: 0,
      errors: { FORBIDDEN: 3 },
    });
  });

  it('does not tell what an upstream failed to give as read', async () => {
    let isFailing = true;
    guarded.graph.sandbox.naver.inject({ reply: { status: 500 }, times: 1_000, matches: () => isFailing });
    await guarded.graph.restartGraph();
    await guarded.as('steward', '{ employees(first: 3) { nodes { familyName grade { name } } } }');
    isFailing = false;
    expect(only(audited())).toMatchObject({
      fields: ['Employee.familyName', 'EmployeeConnection.nodes', 'Query.employees'],
      people: 3,
      errors: { UPSTREAM_UNAVAILABLE: 3 },
    });
  });

  it('has a line for every write as well, and for what a write answered', async () => {
    await guarded.graph.restartGraph();
    await guarded.as(
      'grades clerk',
      'mutation Add { createGrade(input: { externalKey: "G-911", name: "Rigger", sortOrder: 9 }) { __typename } }',
    );
    expect(audited()).toMatchObject([
      {
        audit: 'write',
        viewer: 'key:grades-clerk',
        action: 'createGrade',
        type: 'Grade',
        key: 'G-911',
        outcome: 'CreateGradeSuccess',
      },
      { audit: 'read', viewer: 'key:grades-clerk', operation: 'Add', operationType: 'mutation', fields: [], people: 0 },
    ]);
  });

  it('has no line for a request that is turned away before it reads anything', async () => {
    await guarded.graph.query('{ employees { totalCount } }');
    await guarded.as('steward', '{ employees { nonsense } }');
    expect(audited()).toEqual([]);
  });

  it('holds nobody’s data, whatever is asked', async () => {
    const { company, sandbox } = guarded.graph;
    const email = sandbox.showcaseEmail;
    for (const name of ['q01-directory-page', 'q02-full-join', 'q03-person', 'q05-grade-ladder', 'q08-unlinked']) {
      await guarded.as('steward', operation(name), name === 'q03-person' ? { email } : {});
    }
    await guarded.as('steward', `{ employee(by: { email: "${email}" }) { id } }`);
    await guarded.as('steward', `{ employees(filter: { search: "mina" }, after: "damaged") { totalCount } }`);
    const text = readFileSync(file, 'utf8');
    expect(linesIn(text)).toHaveLength(7);
    expect(Math.max(...linesIn(text).map((it) => (it.audit === 'read' ? it.people : 0)))).toBe(100);
    const people = company.lucca.employees.flatMap((it) => [it.id, it.email, it.familyName, it.employeeNumber]);
    const users = company.ctrlHub.users.flatMap((it) => [it.id, it.email, it.lastName]);
    const values = [...people, ...users].flatMap((it) => (it === null || it === '' ? [] : JSON.stringify(it)));
    expect(values.filter((it) => text.includes(it))).toEqual([]);
    expect(text).not.toContain('@');
    expect(text).not.toMatch(/mina/i);
  });
});

describe('the audit log of the program', () => {
  afterEach(cleanUp);

  it('goes to standard output when asked, after the line that tells of the start', async () => {
    const sandbox = await startSandbox();
    const server = startServer({ env: { ...sandbox.env, AUDIT_LOG: 'stdout' } });
    await ask(await server.url(), operation('q01-directory-page'));
    const [start, ...lines] = server.stdout.trimEnd().split('\n');
    expect(start).toMatch(/^hr-graph answers at /);
    expect(only(linesIn(lines.join('\n')))).toMatchObject({ audit: 'read', viewer: 'anonymous', people: 25 });
    await sandbox.close();
  });

  it('makes its file for its owner alone, and adds to it', async () => {
    const made = join(folder, 'made.jsonl');
    for (const count of [1, 2]) {
      const server = startServer({ env: { AUDIT_LOG: made } });
      await ask(await server.url(), '{ upstreams { state } }');
      server.kill();
      await server.exit;
      expect(linesIn(readFileSync(made, 'utf8'))).toHaveLength(count);
    }
    expect(statSync(made).mode & 0o777).toBe(0o600);
  });

  it('is off unless asked for', async () => {
    expect(readConfig({}).auditLog).toBe('off');
    const server = startServer();
    await ask(await server.url(), operation('q01-directory-page'));
    expect(server.stdout.trimEnd().split('\n')).toHaveLength(1);
    expect(server.stderr).not.toContain('"audit"');
  });
});

describe('AUDIT_LOG', () => {
  it('names a file that is there or can be made, and does not make it yet', () => {
    const missing = join(folder, 'missing.jsonl');
    writeFileSync(file, '');
    expect(readConfig({ AUDIT_LOG: file }).auditLog).toEqual({ file });
    expect(readConfig({ AUDIT_LOG: missing }).auditLog).toEqual({ file: missing });
    expect(existsSync(missing)).toBe(false);
  });

  it.each([[folder], [join(folder, 'nowhere', 'audit.jsonl')], ['/dev/null/audit.jsonl']])(
    'does not start with a place where no file can be: %s',
    (AUDIT_LOG) => {
      expect(() => readConfig({ AUDIT_LOG })).toThrow(ConfigError);
      expect(() => readConfig({ AUDIT_LOG })).toThrow(/^AUDIT_LOG: expected off, stdout, or a file /m);
    },
  );
});
