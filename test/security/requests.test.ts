import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectRefusal, type GuardedGraph, honest, startGuarded } from './guarded-graph.ts';

let graph: GuardedGraph;
beforeAll(async () => {
  graph = await startGuarded({ env: { CORS_ORIGINS: 'https://people.example,https://intranet.example' } });
});
afterAll(() => graph.stop());

const json = { 'content-type': 'application/json' };
const post =
  (body: BodyInit, headers: Record<string, string> = json) =>
  () =>
    graph.send({ method: 'POST', headers, body });
const get =
  (parameters: Record<string, string>, headers: Record<string, string> = {}) =>
  () =>
    graph.send({ headers }, `${graph.url}?${new URLSearchParams(parameters)}`);

const preflighted = { 'graphql-require-preflight': '1' };

describe('a subscription', () => {
  it('is refused like anything else that the schema does not have', async () => {
    const reply = await graph.ask('subscription { employees { totalCount } }');
    expect(reply.json?.errors).toMatchObject([
      { message: 'This graph has no subscriptions.', extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } },
    ]);
    expect(graph.log.filter((it) => it.includes('unexpected'))).toEqual([]);
  });
});

describe('a slow request', () => {
  const timeouts = { headersTimeout: 200, requestTimeout: 400, connectionsCheckingInterval: 50 };

  /** Sends the pieces and then no more; resolves with what came back when the server hangs up. */
  async function dripping(url: string, pieces: string): Promise<{ received: string; milliseconds: number }> {
    const { hostname, port } = new URL(url);
    const startedAt = performance.now();
    const socket = connect(Number(port), hostname);
    socket.write(pieces);
    let received = '';
    socket.setEncoding('utf8').on('data', (text: string) => {
      received += text;
    });
    await new Promise((resolve) => socket.once('close', resolve));
    return { received, milliseconds: performance.now() - startedAt };
  }

  it.each([
    ['headers', 'POST /graphql HTTP/1.1\r\nHost: localhost\r\nX-Slow: '],
    [
      'a body',
      'POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 90\r\n\r\n{"query"',
    ],
  ])('whose %s never end is cut off with 408, and the next one is answered', async (name, pieces) => {
    const slow = await startGuarded({ timeouts });
    const before = slow.upstreamRequests();
    const { received, milliseconds } = await dripping(slow.url, pieces);
    process.stdout.write(`refused in ${milliseconds.toFixed(1).padStart(7)} ms: ${name} that never end\n`);
    expect(received).toMatch(/^HTTP\/1\.1 408 /);
    expect(slow.upstreamRequests()).toBe(before);
    expect(await slow.ask(honest)).toMatchObject({ status: 200, json: { errors: [] } });
    await slow.stop();
  });
});

describe('a request that a browser would send for any page', () => {
  const forbidden = { status: 403, code: 'FORBIDDEN' };
  const body = JSON.stringify({ query: honest });

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'Text/Plain;charset=utf-8',
  ])('as a form may, in %s, is refused', async (type) => {
    await expectRefusal(graph, `POST of ${type}`, post(body, { 'content-type': type }), forbidden);
  });

  it('as a link may can only read, and is answered to nobody else', async () => {
    const answer = await get({ query: honest }, { origin: 'https://elsewhere.example' })();
    expect(answer).toMatchObject({ status: 200, json: { errors: [] } });
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  });

  it('without a content type is refused', async () => {
    const bare = () => graph.send({ method: 'POST', body: Buffer.from(body) });
    await expectRefusal(graph, 'POST without a type', bare, forbidden);
  });

  it('is not needed by the usual clients', async () => {
    for (const type of ['application/json', 'application/json; charset=utf-8', 'application/graphql+json']) {
      expect(await post(body, { 'content-type': type })()).toMatchObject({ status: 200, json: { errors: [] } });
    }
  });
});

describe('a GET request', () => {
  const write = 'mutation { deleteGrade(input: { externalKey: "G01" }) { __typename } }';

  it('writes nothing', async () => {
    const attack = get({ query: write }, preflighted);
    const reply = await expectRefusal(graph, 'GET of a mutation', attack, { status: 405, code: 'BAD_USER_INPUT' });
    expect(reply.headers.get('allow')).toBe('POST');
  });

  it('writes nothing where the mutation hides behind a query', async () => {
    const query = `query Harmless { __typename } ${write.replace('mutation', 'mutation Harmful')}`;
    const attack = get({ query, operationName: 'Harmful' }, preflighted);
    await expectRefusal(graph, 'GET of a named mutation', attack, { status: 405, code: 'BAD_USER_INPUT' });
  });

  it.each([{ query: honest, variables: 'mina.han' }, { query: honest, extensions: '{' }, { query: '' }])(
    'with %j is a bad request, and is not quoted',
    async (parameters) => {
      const reply = await expectRefusal(graph, 'GET of nonsense', get(parameters, preflighted), {
        status: 400,
        code: 'BAD_USER_INPUT',
      });
      expect(reply.body).not.toContain('mina');
    },
  );
});

describe('a page of another origin', () => {
  const allowOrigin = (origin: string) =>
    graph
      .send({ method: 'POST', headers: { ...json, origin }, body: JSON.stringify({ query: honest }) })
      .then(({ headers }) => headers.get('access-control-allow-origin'));
  const preflight = (origin: string) =>
    graph.send({
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' },
    });

  it('may read answers where it is named, without cookies', async () => {
    const { status, headers } = await preflight('https://people.example');
    expect(status).toBe(204);
    expect(headers.get('access-control-allow-origin')).toBe('https://people.example');
    expect(headers.get('access-control-allow-headers')).toBe('content-type');
    expect(headers.get('access-control-allow-credentials')).toBeNull();
    expect(await allowOrigin('https://people.example')).toBe('https://people.example');
  });

  it.each([
    'https://evil.example',
    'null',
    'https://people.example.evil',
    'http://people.example',
    'https://xpeople.example',
  ])('such as %s may read nothing', async (origin) => {
    expect((await preflight(origin)).headers.get('access-control-allow-origin')).toBeNull();
    expect(await allowOrigin(origin)).toBeNull();
  });

  it('may read why it was refused', async () => {
    const origin = 'https://people.example';
    const body = JSON.stringify({ query: honest });
    for (const [status, headers] of [
      [415, { 'content-encoding': 'zstd' }],
      [431, { authorization: `Bearer ${'x'.repeat(20_000)}` }],
    ] as const) {
      const reply = await graph.send({ method: 'POST', headers: { ...json, origin, ...headers }, body });
      expect(reply.status).toBe(status);
      expect(reply.headers.get('access-control-allow-origin')).toBe(origin);
    }
  });

  it('may read nothing at all unless some origin is named', async () => {
    const closed = await startGuarded();
    const { headers, status } = await closed.send({ method: 'OPTIONS', headers: { origin: 'https://people.example' } });
    expect(status).toBeGreaterThanOrEqual(400);
    expect(headers.get('access-control-allow-origin')).toBeNull();
    await closed.stop();
  });
});
