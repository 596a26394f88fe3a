import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Upstream } from '../../src/domain/upstream.ts';
import type { Emulator, Fault, Reply } from '../../src/sandbox/emulator.ts';
import { startGraph, type TestGraph } from '../helpers/graph.ts';

let graph: TestGraph;
beforeEach(async () => {
  graph = await startGraph();
});
afterEach(() => graph.stop());

const emulatorOf = (upstream: Upstream): Emulator =>
  ({ LUCCA: graph.sandbox.lucca, CTRL_HUB: graph.sandbox.ctrlHub, NAVER: graph.sandbox.naver })[upstream];

/** One field of each upstream. */
const fields: [Upstream, string][] = [
  ['LUCCA', 'professions'],
  ['CTRL_HUB', 'jobRoleAssignments'],
  ['NAVER', 'grades'],
];
const document = '{ professions { totalCount } jobRoleAssignments { totalCount } grades { totalCount } }';

const isNoToken: NonNullable<Fault['matches']> = ({ path }) => path !== '/connect/token';
const always = (fault: Fault): Fault => ({ matches: isNoToken, times: 1_000, ...fault });

const html: Reply = {
  status: 200,
  headers: { 'content-type': 'text/html' },
  body: '<p>Welcome back, Mina Han</p>',
};
const json = (status: number, body: unknown): Reply => ({ status, body });

const failures: [string, Fault, { code: string; retryAfterSeconds?: number }][] = [
  ['answers 500 each time', { reply: json(500, {}) }, { code: 'UPSTREAM_UNAVAILABLE' }],
  ['answers 503 without a body', { reply: { status: 503 } }, { code: 'UPSTREAM_UNAVAILABLE' }],
  ['answers 504', { reply: { status: 504 } }, { code: 'UPSTREAM_TIMEOUT' }],
  [
    'asks for an hour of peace',
    { reply: { status: 429, headers: { 'retry-after': '3600' } } },
    { code: 'UPSTREAM_RATE_LIMITED', retryAfterSeconds: 900 },
  ],
  [
    'is down for an hour',
    { reply: { status: 503, headers: { 'retry-after': '3600' } } },
    { code: 'UPSTREAM_UNAVAILABLE', retryAfterSeconds: 900 },
  ],
  ['refuses our credentials', { reply: json(401, {}) }, { code: 'UPSTREAM_AUTH_FAILED' }],
  ['forbids it', { reply: json(403, {}) }, { code: 'UPSTREAM_AUTH_FAILED' }],
  ['does not know the path', { reply: json(404, {}) }, { code: 'UPSTREAM_INVALID_RESPONSE' }],
  ['says 412 to a read', { reply: { status: 412 } }, { code: 'UPSTREAM_INVALID_RESPONSE' }],
  [
    'redirects elsewhere',
    { reply: { status: 302, headers: { location: 'http://192.0.2.1/' } } },
    { code: 'UPSTREAM_INVALID_RESPONSE' },
  ],
  ['answers a web page', { reply: html }, { code: 'UPSTREAM_INVALID_RESPONSE' }],
  ['answers nothing', { reply: { status: 200 } }, { code: 'UPSTREAM_INVALID_RESPONSE' }],
  ['answers null', { reply: { status: 200, body: 'null' } }, { code: 'UPSTREAM_INVALID_RESPONSE' }],
  ['answers a list', { reply: json(200, []) }, { code: 'UPSTREAM_INVALID_RESPONSE' }],
  ['answers an empty object', { reply: json(200, {}) }, { code: 'UPSTREAM_INVALID_RESPONSE' }],
  [
    'answers half of its JSON',
    { reply: { status: 200, body: '{"data":[{"id":"' } },
    { code: 'UPSTREAM_INVALID_RESPONSE' },
  ],
  [
    'claims to be compressed',
    { reply: { status: 200, headers: { 'content-encoding': 'gzip' }, body: '{}' } },
    { code: 'UPSTREAM_INVALID_RESPONSE' },
  ],
  ['drops the connection', { cut: 'before' }, { code: 'UPSTREAM_UNAVAILABLE' }],
];

describe.each(fields)('%s', (upstream, field) => {
  it.each(failures)('costs its own field when it %s', async (_, fault, expected) => {
    emulatorOf(upstream).inject(always(fault));
    const { data, errors } = await graph.query(document);
    const others = fields.filter(([it]) => it !== upstream);
    expect(data).toEqual({
      [field]: null,
      ...Object.fromEntries(others.map(([, it]) => [it, { totalCount: expect.any(Number) }])),
    });
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatchObject({ path: [field], extensions: { upstream, ...expected } });
    expect(errors[0]?.message).not.toMatch(/Mina Han|192\.0\.2\.1/);
  });

  it('is asked again once it has stumbled, and nobody notices', async () => {
    emulatorOf(upstream).inject({ matches: isNoToken, reply: { status: 503 } });
    const { errors } = await graph.query(document);
    expect(errors).toEqual([]);
    expect(graph.requests()[upstream]).toHaveLength(2);
  });

  it('is asked again when it drops a connection', async () => {
    emulatorOf(upstream).inject({ matches: isNoToken, cut: 'after' });
    const { errors } = await graph.query(document);
    expect(errors).toEqual([]);
    expect(graph.requests()[upstream]).toHaveLength(2);
  });

  it('is not asked a second time when it says that later is better', async () => {
    emulatorOf(upstream).inject(always({ reply: { status: 429, headers: { 'retry-after': '3600' } } }));
    await graph.query(document);
    expect(graph.requests()[upstream]).toHaveLength(1);
  });
});

describe('what an error tells', () => {
  it('holds the trace id by which the vendor finds the request', async () => {
    graph.sandbox.ctrlHub.inject(always({ reply: { status: 500, headers: { 'x-trace-id': 'trace-of-ctrl-hub' } } }));
    graph.sandbox.naver.inject(always({ reply: { status: 500, headers: { 'x-ncp-trace-id': 'trace-of-naver' } } }));
    const { errors } = await graph.query(document);
    expect(errors.map((it) => it.extensions.traceId).sort()).toEqual(['trace-of-ctrl-hub', 'trace-of-naver']);
  });

  it('holds no credential and no address', async () => {
    for (const [upstream] of fields) emulatorOf(upstream).inject(always({ reply: { status: 401 } }));
    const { errors } = await graph.query(document);
    const told = JSON.stringify(errors) + graph.log.join('');
    const { env } = graph.sandbox;
    const secrets = Object.keys(env).filter((it) => /SECRET|TOKEN$|KEY|CLIENT_ID|BASE_URL/.test(it));
    expect(secrets.length).toBeGreaterThan(7);
    for (const name of secrets) expect(told, name).not.toContain(env[name]);
  });
});

describe('Lucca’s token', () => {
  it('costs Lucca’s fields when it cannot be had', async () => {
    graph.sandbox.lucca.inject({
      times: 1_000,
      matches: ({ path }) => path === '/connect/token',
      reply: json(400, {}),
    });
    const { data, errors } = await graph.query(document);
    expect(data).toMatchObject({ professions: null, grades: { totalCount: expect.any(Number) } });
    expect(errors).toHaveLength(1);
    expect(errors[0]?.extensions).toMatchObject({ code: 'UPSTREAM_AUTH_FAILED', upstream: 'LUCCA' });
  });

  it('is renewed without an error when it has expired', async () => {
    await graph.query('{ professions { totalCount } }');
    graph.sandbox.lucca.expireTokens();
    const { errors } = await graph.query('{ jobQualifications { totalCount } employees { nodes { id } } }');
    expect(errors).toEqual([]);
  });
});
