import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type GuardedGraph, honest, startGuarded } from './guarded-graph.ts';

const page = z.object({ nodes: z.array(z.object({ id: z.string() })), pageInfo: z.object({ endCursor: z.string() }) });
const samples = z.object({
  byName: page,
  byAge: page,
  grades: page,
  jobRoleAssignments: page,
});
const lists = `{
  byName: employees(first: 2) { nodes { id } pageInfo { endCursor } }
  byAge: employees(first: 2, orderBy: CREATED_AT_ASC) { nodes { id } pageInfo { endCursor } }
  grades(first: 2) { nodes { id } pageInfo { endCursor } }
  jobRoleAssignments(first: 2) { nodes { id } pageInfo { endCursor } }
}`;

let graph: GuardedGraph;
let found: z.infer<typeof samples>;
beforeAll(async () => {
  graph = await startGuarded({ env: { CACHE_FRESH_SECONDS: '0' } });
  found = samples.parse((await graph.ask(lists)).json?.data);
});
afterAll(() => graph.stop());

/** Expects one BAD_USER_INPUT and no upstream request, and that the next honest request is answered. */
async function expectBadInput(document: string, value: string): Promise<void> {
  const before = graph.upstreamRequests();
  const reply = await graph.ask(document, { value });
  expect({ value, codes: reply.json?.errors.map((it) => it.extensions.code) }).toEqual({
    value,
    codes: ['BAD_USER_INPUT'],
  });
  expect(graph.upstreamRequests()).toBe(before);
  expect((await graph.ask(honest)).json?.errors).toEqual([]);
}

/** Every way to be nearly right. */
function tampered(text: string): string[] {
  const bytes = Buffer.from(text, 'base64url');
  const flipped = [0, 4, 9, bytes.length - 1].map((at) => {
    const copy = Buffer.from(bytes);
    copy[at] = (copy[at] ?? 0) ^ 1;
    return copy.toString('base64url');
  });
  return [
    ...flipped,
    bytes.subarray(0, -1).toString('base64url'),
    Buffer.concat([bytes, Buffer.from(' ')]).toString('base64url'),
    Buffer.concat([bytes.subarray(0, 9), Buffer.from('{"page":"https://evil.example","limit":100,"at":0}')]).toString(
      'base64url',
    ),
    randomBytes(40).toString('base64url'),
    'x'.repeat(50_000),
    '../../etc/passwd',
  ];
}

describe('a cursor', () => {
  const after = 'query ($value: String) { employees(first: 2, after: $value) { nodes { id } } }';

  it('that was changed, made up or cut is refused', async () => {
    for (const value of tampered(found.byName.pageInfo.endCursor)) await expectBadInput(after, value);
  });

  it('of another list, order, filter or deployment is refused', async () => {
    const { byAge, grades, jobRoleAssignments } = found;
    for (const { pageInfo } of [byAge, grades, jobRoleAssignments]) await expectBadInput(after, pageInfo.endCursor);
    const filtered = after.replace('first: 2,', 'first: 2, filter: { search: "a" },');
    await expectBadInput(filtered, found.byName.pageInfo.endCursor);
    const other = await startGuarded({ env: { HR_GRAPH_SECRET: 'the secret of another deployment' } });
    const foreign = samples.parse((await other.ask(lists)).json?.data);
    await other.stop();
    await expectBadInput(after, foreign.byName.pageInfo.endCursor);
  });

  it('as it was given is taken', async () => {
    const reply = await graph.ask(after, { value: found.byName.pageInfo.endCursor });
    expect(reply.json?.errors).toEqual([]);
  });
});

const nodeOf = z.object({ node: z.object({ id: z.string() }).nullable() });

const ofType = (type: string, key: string): string => Buffer.from(`${type}:${key}`).toString('base64url');

describe('an id', () => {
  it('that nobody gave out is refused, or is nobody, and asks for nothing but itself', async () => {
    const id = found.byName.nodes[0]?.id ?? '';
    for (const value of [...tampered(id), ofType('Query', '1'), ofType('__proto__', 'x'), ofType('constructor', 'x')]) {
      const reply = await graph.ask('query ($value: ID!) { node(id: $value) { id } }', { value });
      expect(reply.status).toBe(200);
      const codes = reply.json?.errors.map((it) => it.extensions.code) ?? [];
      expect(codes.filter((it) => it !== 'BAD_USER_INPUT')).toEqual([]);
      // An id is no secret: what it names is shown to whoever may see it by any other way. Blanks around a key are none.
      if (codes.length === 0) expect([null, value, id]).toContain(nodeOf.parse(reply.json?.data).node?.id ?? null);
    }
  });

  it('of one type is refused where another belongs', async () => {
    const grade = found.grades.nodes[0]?.id ?? '';
    await expectBadInput('query ($value: ID!) { employee(by: { id: $value }) { id } }', grade);
    await expectBadInput('query ($value: ID!) { jobRole(id: $value) { id } }', grade);
    await expectBadInput('query ($value: ID!) { employees(filter: { jobRoleIds: [$value] }) { totalCount } }', grade);
  });

  it('whose key has another meaning for an upstream changes no request but its own value', async () => {
    const keys = [
      "x') or user('y",
      "'",
      'a,b',
      '1&limit=100000',
      '../employees',
      '1/../../2',
      '%27',
      '1 2',
      '\n',
      '*',
      '\u{1f600}',
    ];
    const types = ['Employee', 'JobQualification', 'JobRole', 'JobRoleAssignment', 'Grade', 'Organisation'];
    const documents = [
      'query ($value: ID!) { node(id: $value) { id } }',
      'query ($value: ID!) { nodes(ids: [$value]) { id } }',
    ];
    for (const key of keys) {
      for (const type of types) {
        for (const document of documents) {
          const { json, status } = await graph.ask(document, { value: ofType(type, key) });
          expect(status).toBe(200);
          expect(json?.errors.filter((it) => it.extensions.code === 'INTERNAL_SERVER_ERROR')).toEqual([]);
        }
      }
    }
    const { lucca, ctrlHub, naver } = graph.sandbox;
    const asked = [lucca, ctrlHub, naver].flatMap((it) => it.requests.map(({ target }) => target));
    expect(asked.filter((target) => !isOrdinary(target))).toEqual([]);
  });
});

const parameters = ['filter', 'id', 'include', 'limit', 'offset', 'page', 'sort', 'email'];

/** Known parameters, a page size of ours, and nothing in the path or in a value that an upstream could take for syntax. */
function isOrdinary(target: string): boolean {
  const [path = '', query = ''] = target.split('?');
  const given = new URLSearchParams(query);
  return (
    path.split('/').every((segment) => /^[\w.~%'()*!-]*$/.test(segment) && segment !== '.' && segment !== '..') &&
    [...given.keys()].every((name) => parameters.includes(name)) &&
    Number(given.get('limit') ?? 0) <= 100 &&
    /^[!-~]*$/.test(query)
  );
}
