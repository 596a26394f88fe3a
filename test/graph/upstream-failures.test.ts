import { afterEach, describe, expect, it } from 'vitest';
import { type Upstream, upstreams } from '../../src/domain/upstream.ts';
import type { Fault, Reply } from '../../src/sandbox/emulator.ts';
import { emulatorIn } from '../helpers/emulator-in.ts';
import { startGraph, type TestGraph } from '../helpers/graph.ts';

let graph: TestGraph;
afterEach(() => graph.stop());

/** A process in which an upstream goes wrong from its first request on. */
async function startWith(upstream: Upstream, fault: Fault): Promise<void> {
  graph = await startGraph({ people: 20, prepare: (sandbox) => emulatorIn(sandbox, upstream).inject(fault) });
}

/** Fields of each upstream: of a list that is read with the process where it has one, and of one that is read on demand. */
const fields: Record<Upstream, string[]> = {
  LUCCA: ['employees', 'professions'],
  CTRL_HUB: ['jobRoles', 'jobRoleAssignments'],
  NAVER: ['grades', 'positions'],
};
const document = `{ ${upstreams
  .flatMap((it) => fields[it])
  .map((it) => `${it} { totalCount }`)
  .join(' ')} }`;
/** What a process of 20 people asks for it. */
const requestsOf = { LUCCA: 2, CTRL_HUB: 2, NAVER: 3 };

const isNoToken: NonNullable<Fault['matches']> = ({ path }) => path !== '/connect/token';
const always = (fault: Fault): Fault => ({ matches: isNoToken, times: 1_000, ...fault });

const html: Reply = {
  status: 200,
  headers: { 'content-type': 'text/html' },
  body: '<p>Welcome back, Mina Han</p>',
};
const json = (status: number, body: unknown): Reply => ({ status, body });

const failures: [string, Fault, { code: string; orElse?: string; isTold?: true }][] = [
  ['answers 500 each time', { reply: json(500, {}) }, { code: 'UPSTREAM_UNAVAILABLE' }],
  ['answers 503 without a body', { reply: { status: 503 } }, { code: 'UPSTREAM_UNAVAILABLE' }],
  // Until several have failed and the circuit opens.
  ['answers 504', { reply: { status: 504 } }, { code: 'UPSTREAM_TIMEOUT', orElse: 'UPSTREAM_UNAVAILABLE' }],
  [
    'asks for an hour of peace',
    { reply: { status: 429, headers: { 'retry-after': '3600' } } },
    { code: 'UPSTREAM_RATE_LIMITED', isTold: true },
  ],
  [
    'is down for an hour',
    { reply: { status: 503, headers: { 'retry-after': '3600' } } },
    { code: 'UPSTREAM_UNAVAILABLE', isTold: true },
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
  ['answers a number', { reply: { status: 200, body: '7' } }, { code: 'UPSTREAM_INVALID_RESPONSE' }],
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

describe.each(upstreams)('%s', (upstream) => {
  it.each(failures)('costs its own fields when it %s', async (_, fault, { code, orElse, isTold }) => {
    await startWith(upstream, always(fault));
    const { data, errors } = await graph.query(document);
    const lost = fields[upstream];
    const all = upstreams.flatMap((it) => fields[it]);
    expect(data).toEqual(
      Object.fromEntries(all.map((it) => [it, lost.includes(it) ? null : { totalCount: expect.any(Number) }])),
    );
    expect(errors.map((it) => `${it.path} ${it.extensions.upstream}`).sort()).toEqual(
      lost.map((it) => `${it} ${upstream}`).sort(),
    );
    for (const { message, extensions } of errors) {
      expect([code, orElse]).toContain(extensions.code);
      expect(message).not.toMatch(/Mina Han|192\.0\.2\.1/);
      if (!isTold) continue;
      // It asks for an hour, and is asked again after a quarter of one.
      expect(extensions.retryAfterSeconds).toBeGreaterThan(890);
      expect(extensions.retryAfterSeconds).toBeLessThanOrEqual(900);
    }
  });

  it('is asked again once it has stumbled, and nobody notices', async () => {
    await startWith(upstream, { matches: isNoToken, reply: { status: 503 } });
    const { errors } = await graph.query(document);
    expect(errors).toEqual([]);
    expect(graph.requests()[upstream]).toHaveLength(requestsOf[upstream] + 1);
  });

  it('is asked again when it drops a connection', async () => {
    await startWith(upstream, { matches: isNoToken, cut: 'after' });
    const { errors } = await graph.query(document);
    expect(errors).toEqual([]);
    expect(graph.requests()[upstream]).toHaveLength(requestsOf[upstream] + 1);
  });

  it('is not asked again when it says that later is better, but by what is in flight', async () => {
    await startWith(upstream, always({ reply: { status: 429, headers: { 'retry-after': '3600' } } }));
    for (let times = 0; times < 3; times += 1) await graph.query(document);
    expect(graph.requests()[upstream].length).toBeLessThanOrEqual(upstream === 'CTRL_HUB' ? 2 : 1);
  });

  it('costs nothing at all as long as what was read of it serves', async () => {
    graph = await startGraph({ people: 20 });
    const before = await graph.query(document);
    expect(before.errors).toEqual([]);
    await emulatorIn(graph.sandbox, upstream).close();
    const after = await graph.query(document.replace('{', 'query Again {'));
    expect(after).toEqual(before);
  });
});

describe('what an error tells', () => {
  it('holds the trace id by which the vendor finds the request', async () => {
    graph = await startGraph({ people: 20, env: { CACHE_FRESH_SECONDS: '0' } });
    // One list of each, so that the circuits stay closed and all is sent.
    const failing = (list: string, header: string, trace: string): Fault => ({
      matches: ({ path }) => path.endsWith(list),
      times: 100,
      reply: { status: 500, headers: { [header]: trace } },
    });
    graph.sandbox.ctrlHub.inject(failing('/job-role-assignments', 'x-trace-id', 'trace-of-ctrl-hub'));
    graph.sandbox.naver.inject(failing('/grade', 'x-ncp-trace-id', 'trace-of-naver'));
    const { errors } = await graph.query('{ jobRoles { totalCount } grades { totalCount } }');
    expect(errors.map((it) => it.extensions.traceId).sort()).toEqual(['trace-of-ctrl-hub', 'trace-of-naver']);
  });

  it('holds no credential and no address', async () => {
    graph = await startGraph({
      people: 20,
      prepare: (sandbox) => {
        for (const it of upstreams) emulatorIn(sandbox, it).inject(always({ reply: { status: 401 } }));
      },
    });
    const { errors } = await graph.query(document);
    expect(errors).toHaveLength(6);
    const told = JSON.stringify(errors) + graph.log.join('');
    const { env } = graph.sandbox;
    const secrets = Object.keys(env).filter((it) => /SECRET|TOKEN$|KEY|CLIENT_ID|BASE_URL/.test(it));
    expect(secrets.length).toBeGreaterThan(7);
    for (const name of secrets) expect(told, name).not.toContain(env[name]);
  });
});

describe('Lucca’s token', () => {
  it('costs Lucca’s fields when it cannot be had', async () => {
    await startWith('LUCCA', { times: 1_000, matches: ({ path }) => path === '/connect/token', reply: json(400, {}) });
    const { data, errors } = await graph.query(document);
    expect(data).toMatchObject({ employees: null, professions: null, grades: { totalCount: expect.any(Number) } });
    expect(errors.map((it) => it.extensions)).toEqual(
      fields.LUCCA.map(() => expect.objectContaining({ code: 'UPSTREAM_AUTH_FAILED', upstream: 'LUCCA' })),
    );
  });

  it('is renewed without an error when it has expired', async () => {
    graph = await startGraph({ people: 20, env: { CACHE_FRESH_SECONDS: '0' } });
    await graph.query('{ professions { totalCount } }');
    graph.sandbox.lucca.expireTokens();
    const { errors } = await graph.query('{ jobQualifications { totalCount } employees { nodes { id } } }');
    expect(errors).toEqual([]);
  });
});
