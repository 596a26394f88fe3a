import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ClientError, createHrGraphClient, type ErrorCode, graphErrorsOf } from '../../src/client/client.ts';
import type { Sdk } from '../../src/client/generated/sdk.ts';
import type { ErrorCode as PublishedCode } from '../../src/errors.ts';
import { startGraph, type TestGraph } from '../helpers/graph.ts';
import { type Fate, startUnsteadyProxy, type UnsteadyProxy } from './unsteady-proxy.ts';

let graph: TestGraph;
let proxy: UnsteadyProxy;
let client: Sdk;
beforeAll(async () => {
  graph = await startGraph();
  proxy = await startUnsteadyProxy(() => graph.url);
  client = createHrGraphClient({ url: proxy.url });
});
afterAll(async () => {
  await proxy.stop();
  await graph.stop();
});

const failureOf = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => 'none',
    (error: unknown) => error,
  );

let grades = 0;
const newGrade = () => {
  grades += 1;
  return { input: { externalKey: `R${grades}`, name: `Resilient ${grades}`, sortOrder: grades } };
};

describe('a query', () => {
  it.each<[string, Fate]>([
    ['the connection is cut', 'cut'],
    ['a gateway has no answer', { status: 502, body: '<html>bad gateway</html>' }],
    ['the server is not there for now', { status: 503 }],
    ['a gateway has waited long enough', { status: 504 }],
    ['the caller is too fast', { status: 429, headers: { 'retry-after': '0' } }],
    ['the server says when, as a date', { status: 503, headers: { 'retry-after': new Date(0).toUTCString() } }],
  ])('is repeated when %s', async (_, fate) => {
    proxy.expect(fate);
    expect((await client.upstreamStatus()).data.upstreams).toHaveLength(3);
    expect(proxy.bodies).toHaveLength(2);
  });

  it('is repeated twice at most, and then fails as the last time', async () => {
    proxy.expect('cut', 'cut', { status: 503 });
    expect(await failureOf(client.upstreamStatus())).toMatchObject({ response: { status: 503 } });
    expect(proxy.bodies).toHaveLength(3);
  });

  it('is not repeated when it is to wait for long: the caller is told', async () => {
    proxy.expect({ status: 429, headers: { 'retry-after': '3600' } });
    expect(await failureOf(client.upstreamStatus())).toMatchObject({ response: { status: 429 } });
    expect(proxy.bodies).toHaveLength(1);
  });

  it.each([400, 401, 403, 404, 500])('is not repeated after %i', async (status) => {
    proxy.expect({ status });
    expect(await failureOf(client.upstreamStatus())).toMatchObject({ response: { status } });
    expect(proxy.bodies).toHaveLength(1);
  });

  it('is not repeated when the caller gives up, or wants no repeats', async () => {
    const withSignal = createHrGraphClient({
      url: proxy.url,
      fetch: (address, init) => fetch(address, { ...init, signal: AbortSignal.abort() }),
    });
    proxy.expect();
    expect(await failureOf(withSignal.upstreamStatus())).toMatchObject({ name: 'AbortError' });
    expect(proxy.bodies).toHaveLength(0);
    proxy.expect('cut');
    const failure = await failureOf(createHrGraphClient({ url: proxy.url, retries: 0 }).upstreamStatus());
    expect(failure).toBeInstanceOf(TypeError);
    expect(proxy.bodies).toHaveLength(1);
  });
});

describe('a mutation', () => {
  it.each<[string, Fate]>([
    ['the connection is cut', 'cut'],
    ['the answer is lost', 'pass and cut'],
    ['the server is not there for now', { status: 503, headers: { 'retry-after': '0' } }],
  ])('is never repeated, even when %s', async (_, fate) => {
    proxy.expect(fate);
    expect(await failureOf(client.createGrade(newGrade()))).toBeInstanceOf(Error);
    expect(proxy.bodies).toHaveLength(1);
  });
});

describe('an operation', () => {
  /** As if the server had not been told of it. */
  const asUnknown = { rewrite: (body: string) => body.replace(/"sha256Hash":"\w+"/, '"sha256Hash":"unknown"') };

  it('is sent as its id, without its text', async () => {
    proxy.expect();
    await client.upstreamStatus();
    expect(proxy.bodies.map((it) => JSON.parse(it))).toEqual([
      {
        operationName: 'upstreamStatus',
        extensions: { persistedQuery: { version: 1, sha256Hash: expect.stringMatching(/^[\da-f]{64}$/) } },
      },
    ]);
  });

  it('is sent as its text once the server does not know the id, and the server has that under this id', async () => {
    const fresh = createHrGraphClient({ url: proxy.url });
    proxy.expect(asUnknown);
    expect((await fresh.directoryPage({ first: 1 })).data.employees?.nodes).toHaveLength(1);
    await fresh.directoryPage({ first: 2 });
    const [byId, byText, again] = proxy.bodies.map((it) => JSON.parse(it));
    expect(byText).toMatchObject({ variables: { first: 1 }, operationName: 'directoryPage' });
    expect(again).toEqual({ ...byText, variables: { first: 2 } });
    expect(proxy.bodies).toHaveLength(3);
    const { sha256Hash } = byId.extensions.persistedQuery;
    expect(createHash('sha256').update(byText.query).digest('hex')).toBe(sha256Hash);
  });

  it('that writes is sent as its text as well: nothing has run for an unknown id', async () => {
    proxy.expect(asUnknown);
    const { data } = await createHrGraphClient({ url: proxy.url }).createGrade(newGrade());
    expect(data.createGrade.__typename).toBe('CreateGradeSuccess');
    expect(proxy.bodies).toHaveLength(2);
  });

  it('is sent as its text at once where ids are not wanted', async () => {
    proxy.expect();
    await createHrGraphClient({ url: proxy.url, persistedOperations: false }).upstreamStatus();
    expect(proxy.bodies).toEqual([expect.stringContaining('query upstreamStatus')]);
  });

  it('runs where only persisted ones may, be it by its id or by its text', async () => {
    await graph.restartGraph({ PERSISTED_OPERATIONS: 'only' });
    for (const persistedOperations of [true, false]) {
      const { errors } = await createHrGraphClient({ url: graph.url, persistedOperations }).directoryPage();
      expect(errors).toBeUndefined();
    }
  });
});

describe('errors', () => {
  const errorWith = (extensions: object) => ({ errors: [{ message: 'M', path: ['a', 0], extensions }] });
  const told = { message: 'M', path: ['a', 0] };

  it('are typed by the codes that the server publishes', () => {
    const codes: Record<PublishedCode, true> & Record<ErrorCode, true> = {
      UPSTREAM_TIMEOUT: true,
      UPSTREAM_UNAVAILABLE: true,
      UPSTREAM_RATE_LIMITED: true,
      UPSTREAM_AUTH_FAILED: true,
      UPSTREAM_INVALID_RESPONSE: true,
      UPSTREAM_NOT_CONFIGURED: true,
      GRAPHQL_PARSE_FAILED: true,
      GRAPHQL_VALIDATION_FAILED: true,
      NOT_FOUND: true,
      BAD_USER_INPUT: true,
      CONFLICT: true,
      FORBIDDEN: true,
      UNAUTHENTICATED: true,
      QUERY_TOO_COMPLEX: true,
      RATE_LIMITED: true,
      PERSISTED_QUERY_NOT_FOUND: true,
      INTERNAL_SERVER_ERROR: true,
    };
    const read = Object.keys(codes).flatMap((code) => graphErrorsOf(errorWith({ code, upstream: 'NAVER' })));
    expect(read.map((it) => it.code)).toEqual(Object.keys(codes));
  });

  it('keep what belongs to their code', () => {
    const extensions = { upstream: 'LUCCA', retryAfterSeconds: 7, traceId: 't', other: 1 };
    expect(graphErrorsOf(errorWith({ code: 'UPSTREAM_RATE_LIMITED', ...extensions }))).toEqual([
      { ...told, code: 'UPSTREAM_RATE_LIMITED', upstream: 'LUCCA', retryAfterSeconds: 7, traceId: 't' },
    ]);
    expect(graphErrorsOf(errorWith({ code: 'RATE_LIMITED', retryAfterSeconds: 7 }))).toEqual([
      { ...told, code: 'RATE_LIMITED', retryAfterSeconds: 7 },
    ]);
  });

  it('with another code, or with none, are unknown and not lost', () => {
    const unknown = [{ ...told, code: 'UNKNOWN' }];
    expect(graphErrorsOf(errorWith({ code: 'toString' }))).toEqual(unknown);
    expect(graphErrorsOf(errorWith({ code: 'UPSTREAM_TIMEOUT', upstream: 'SAP' }))).toEqual(unknown);
    expect(graphErrorsOf({ errors: [{ message: 'M', path: ['a', 0] }] })).toEqual(unknown);
  });

  it('are none where there are none', async () => {
    expect(graphErrorsOf(await createHrGraphClient({ url: graph.url }).upstreamStatus())).toEqual([]);
    expect(graphErrorsOf(new TypeError('fetch failed'))).toEqual([]);
    const response = { status: 502, headers: new Headers(), url: '', errors: [] };
    expect(graphErrorsOf(new ClientError('NOT_GRAPHQL', response, null))).toEqual([]);
  });
});
