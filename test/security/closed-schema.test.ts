import { getIntrospectionQuery } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type GuardedGraph, startGuarded } from './guarded-graph.ts';
import {
  bearer,
  type Issuer,
  newSigningKey,
  type SigningKey,
  startIssuer,
  tokenAudience,
  tokenIssuer,
  tokenOf,
} from './issuer.ts';

let key: SigningKey;
let issuer: Issuer;
let headers: Record<string, string>;
const servers: GuardedGraph[] = [];

beforeAll(async () => {
  key = await newSigningKey('ec-1');
  issuer = await startIssuer([key]);
  headers = bearer(await tokenOf(key));
});
afterAll(async () => {
  await Promise.all(servers.map((it) => it.stop()));
  await issuer.stop();
});

async function start(env: Record<string, string> = {}): Promise<GuardedGraph> {
  const jwt = { AUTH_MODE: 'jwt', AUTH_JWKS_URL: issuer.url, AUTH_ISSUER: tokenIssuer, AUTH_AUDIENCE: tokenAudience };
  const server = await startGuarded({ env: { ...jwt, ...env } });
  servers.push(server);
  return server;
}

/** Mistakes that graphql-js would help with. */
const mistakes = [
  '{ employes { nodes { id } } }',
  '{ employees { nodes { displayNam } } }',
  '{ employees(frist: 1) { totalCount } }',
  '{ employees(filter: { emial: "x" }) { totalCount } }',
  '{ employees(orderBy: FAMILY_NAME_AS) { totalCount } }',
  '{ node(id: "x") { displayName } }',
  'fragment F on Employe { id } { __typename ...F }',
];

describe('with callers who sign in', () => {
  it('the schema is told to nobody', async () => {
    const graph = await start();
    for (const document of [getIntrospectionQuery(), '{ __type(name: "Employee") { name } }']) {
      const { json } = await graph.ask(document, undefined, headers);
      expect(json?.data).toBeUndefined();
      expect(json?.errors[0]?.message).toMatch(/introspection has been disabled/i);
    }
    expect((await graph.ask('{ __typename }', undefined, headers)).json).toEqual({
      data: { __typename: 'Query' },
      errors: [],
    });
  });

  it('nothing of it is told by error messages either', async () => {
    const graph = await start();
    for (const document of mistakes) {
      const { json } = await graph.ask(document, undefined, headers);
      expect(json?.errors.length).toBeGreaterThan(0);
      expect(json?.errors.map((it) => it.message).filter((it) => /did you mean/i.test(it))).toEqual([]);
    }
    const filter = 'query ($filter: EmployeeFilter) { employees(filter: $filter) { totalCount } }';
    const { json } = await graph.ask(filter, { filter: { emial: 'x', statu: 'y' } }, headers);
    expect(json?.errors[0]?.message).toBe('Variable "$filter": Field "emial" is not defined by type "EmployeeFilter".');
  });

  it('it is told where the operator says so', async () => {
    const graph = await start({ INTROSPECTION: 'on', GRAPHIQL: 'on' });
    expect((await graph.ask(getIntrospectionQuery(), undefined, headers)).json?.errors).toEqual([]);
    expect((await graph.ask(mistakes[0], undefined, headers)).json?.errors[0]?.message).toContain('Did you mean');
    expect((await graph.ask(getIntrospectionQuery())).status).toBe(401);
  });

  it('gateways are told of it where the operator says so, and then have to sign in', async () => {
    const closed = await start();
    for (const document of ['{ _service { sdl } }', '{ _sdl }']) {
      const { json } = await closed.ask(document, undefined, headers);
      expect(json?.errors[0]?.message).toMatch(/^Cannot query field/);
    }
    const graph = await start({ SUBGRAPH: 'on' });
    const { json } = await graph.ask('{ _service { sdl } }', undefined, headers);
    expect(json).toEqual({ data: { _service: { sdl: expect.stringContaining('type Employee') } }, errors: [] });
    expect((await graph.ask('{ _service { sdl } }')).status).toBe(401);
    expect((await graph.ask(getIntrospectionQuery(), undefined, headers)).json?.data).toBeUndefined();
  });

  it("GraphiQL's page is for everybody where it is on, and its queries are not", async () => {
    const page = (graph: GuardedGraph) => graph.send({ headers: { accept: 'text/html' } });
    const open = await page(await start({ GRAPHIQL: 'on' }));
    expect(open).toMatchObject({ status: 200, headers: expect.anything() });
    expect(open.body).toContain('<title>hr-graph: GraphiQL</title>');
    const closed = await page(await start());
    expect(closed.status).toBeGreaterThanOrEqual(400);
    expect(closed.body).not.toMatch(/graphiql/i);
  });
});

describe('a value in a message', () => {
  const email = 'mina.han@hanbit-marine.example';
  const attempts: [string, string, unknown?][] = [
    ['a literal of the wrong type', `{ employees(first: "${email}") { totalCount } }`],
    ['a literal that is no e-mail address', `{ employee(by: { email: "${email} ${email}" }) { id } }`],
    ['a literal that is no enum value', `{ employees(orderBy: "${email}") { totalCount } }`],
    ['a literal object', `{ employees(first: { email: "${email}" }) { totalCount } }`],
    ['a literal list', `{ employee(by: ["${email}"]) { id } }`],
    ['a text in the wrong place', `{ employee(by: { email: "x" "${email}" }) { id } }`],
    ['a block text in the wrong place', `{ employee """${email}""" { id } }`],
    ['a variable of the wrong type', 'query ($v: Int) { employees(first: $v) { totalCount } }', email],
    ['a variable that is no enum value', 'query ($v: EmployeeOrder) { employees(orderBy: $v) { totalCount } }', email],
    [
      'a variable that is no e-mail address',
      'query ($v: EmailAddress!) { employee(by: { email: $v }) { id } }',
      `${email} ${email}`,
    ],
    [
      'a variable deep inside',
      'query ($v: EmployeeFilter) { employees(filter: $v) { totalCount } }',
      { emails: ['a@b.c', [email], 7] },
    ],
    [
      'a variable with a strange member',
      'query ($v: EmployeeFilter) { employees(filter: $v) { totalCount } }',
      { [email]: email },
    ],
    [
      'a variable that is one of too many',
      'query ($v: EmployeeBy!) { employee(by: $v) { id } }',
      { email, luccaId: email },
    ],
    ['an id of nothing', 'query ($v: ID!) { node(id: $v) { id } }', email],
    ['a cursor of nothing', 'query ($v: String) { employees(after: $v) { totalCount } }', email],
  ];

  it.each(attempts)('is not repeated, be it %s', async (_, document, v) => {
    const graph = servers[0] ?? (await start());
    const { json, body } = await graph.ask(document, v === undefined ? undefined : { v }, headers);
    expect(json?.errors.length).toBeGreaterThan(0);
    expect(body).not.toMatch(/mina|hanbit/);
    expect(graph.log.join('')).not.toMatch(/mina|hanbit/);
  });

  it('is replaced by its place and what is expected there', async () => {
    const graph = servers[0] ?? (await start());
    const problemOf = async (type: string, argument: string, v: unknown) => {
      const document = `query ($v: ${type}) { employees(${argument}: $v) { totalCount } }`;
      const { json } = await graph.ask(document, { v }, headers);
      expect(json?.errors[0]?.extensions).toEqual({ code: 'BAD_USER_INPUT' });
      return json?.errors[0]?.message;
    };
    expect(await problemOf('Int', 'first', 'x')).toBe('Variable "$v": expected Int, got another text.');
    expect(await problemOf('EmployeeFilter', 'filter', { emails: ['a@b.c', 'x'] })).toBe(
      'Variable "$v.emails[1]": expected EmailAddress!, got another text.',
    );
    expect(await problemOf('EmployeeFilter', 'filter', { emails: [null] })).toBe(
      'Variable "$v.emails[0]": expected EmailAddress!, got null.',
    );
    expect(await problemOf('EmployeeFilter', 'filter', { minRank: [7] })).toBe(
      'Variable "$v.minRank": expected Int, got a list.',
    );
    expect(await problemOf('EmployeeFilter', 'filter', 'x')).toBe(
      'Variable "$v": Expected type "EmployeeFilter" to be an object.',
    );
  });
});
