import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ClientError, createHrGraphClient, graphErrorsOf, type HrGraphClient } from '../../src/client/client.ts';
import { startGraph, type TestGraph } from '../helpers/graph.ts';
import { startUnsteadyProxy, type UnsteadyProxy } from './unsteady-proxy.ts';

let graph: TestGraph;
let proxy: UnsteadyProxy;
let client: HrGraphClient;
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

const page = { 'content-type': 'text/html; charset=utf-8' };

describe('a client', () => {
  it.each(['/graphql', 'graphql', 'localhost:4000/graphql', '//hr-graph.example/graphql', 'ftp://a.example/b', ''])(
    'is not made for an address that is not absolute: %s',
    (url) => {
      expect(() => createHrGraphClient({ url })).toThrow(TypeError);
      expect(() => createHrGraphClient({ url })).toThrow(/https:\/\/hr-graph\.example\/graphql, got ".*location\.href/);
    },
  );
});

describe('the page of a sign-in in place of an answer', () => {
  it.each([200, 401, 403])('with status %i is an error with its response, at once', async (status) => {
    proxy.expect({ status, headers: page, body: '<!doctype html><title>Sign in</title>' });
    const error = await failureOf(client.personByEmail({ email: 'mina.han@hanbit-marine.example' }));
    expect(error).toBeInstanceOf(ClientError);
    expect(error).toMatchObject({ reason: 'NOT_GRAPHQL', response: { status, url: proxy.url, errors: [] } });
    expect(String(error)).toMatch(
      /^ClientError: personByEmail: expected a GraphQL response, got HTTP \d+ with text\/html, /,
    );
    expect(String(error)).not.toContain('mina');
    expect(graphErrorsOf(error)).toEqual([]);
    expect(proxy.bodies).toHaveLength(1);
  });

  it('has the address that a redirect has led to', async () => {
    proxy.expect({ status: 303, headers: { location: '/sign-in' } }, { status: 200, headers: page, body: '<html>' });
    const error = await failureOf(client.upstreamStatus());
    expect(error).toMatchObject({ reason: 'NOT_GRAPHQL', response: { url: proxy.url.replace('graphql', 'sign-in') } });
  });

  it('is told of which upstream a conflict is, and may print the upstream of any error', async () => {
    const { data, errors } = await graph.query(
      '{ unlinkedPeople(first: 100, reasons: [SEVERAL_PEOPLE]) { nodes { grade { name } } } }',
    );
    expect(data).not.toBeNull();
    const told = graphErrorsOf({ errors }).map(({ code, upstream }) => `${code} ${upstream}`);
    expect(new Set(told)).toEqual(new Set(['CONFLICT NAVER']));
  });

  it('is told from what the server itself refuses', async () => {
    proxy.expect();
    const error = await failureOf(client.personByEmail({ email: 'mina.han' }));
    expect(error).toMatchObject({
      reason: 'REFUSED',
      response: { errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] },
    });
    expect(String(error)).not.toContain('mina');
  });

  it.each(['{"message":"no Route matched"}', '[]', '"no"', 'null', '', '{"errors":"none"}', '{"data":7}'])(
    'or other JSON than an answer is an error with its response as well: %s',
    async (body) => {
      proxy.expect({ status: 200, headers: { 'content-type': 'application/json' }, body });
      expect(await failureOf(client.upstreamStatus())).toMatchObject({
        reason: 'NOT_GRAPHQL',
        response: { status: 200 },
      });
    },
  );
});

describe('a call', () => {
  it('ends with its signal while it waits for an answer', async () => {
    proxy.expect('hang');
    const controller = new AbortController();
    const failure = failureOf(client.upstreamStatus({}, { signal: controller.signal }));
    await expect.poll(() => proxy.bodies.length).toBe(1);
    controller.abort(new Error('The page is gone.'));
    expect(await failure).toMatchObject({ message: 'The page is gone.' });
    expect(proxy.bodies).toHaveLength(1);
  });

  it('ends with its signal while it waits to ask again', async () => {
    proxy.expect({ status: 503, headers: { 'retry-after': '9' } });
    const controller = new AbortController();
    const failure = failureOf(client.upstreamStatus({}, { signal: controller.signal }));
    await expect.poll(() => proxy.bodies.length).toBe(1);
    controller.abort();
    expect(await failure).toMatchObject({ name: 'AbortError' });
    expect(proxy.bodies).toHaveLength(1);
  });

  it('is not begun with a signal that is aborted', async () => {
    proxy.expect();
    expect(await failureOf(client.upstreamStatus({}, { signal: AbortSignal.abort() }))).toMatchObject({
      name: 'AbortError',
    });
    expect(proxy.bodies).toHaveLength(0);
  });

  it('ends after its own timeout, or the client’s', async () => {
    proxy.expect('hang', 'hang');
    const impatient = createHrGraphClient({ url: proxy.url, timeoutMs: 100 });
    expect(await failureOf(impatient.upstreamStatus())).toMatchObject({ name: 'TimeoutError' });
    const { signal } = new AbortController();
    expect(await failureOf(client.upstreamStatus({}, { signal, timeoutMs: 100 }))).toMatchObject({
      name: 'TimeoutError',
    });
    proxy.expect();
    expect((await impatient.upstreamStatus({}, { timeoutMs: 60_000 })).status).toBe(200);
  });

  it('does not wait for what would come after its timeout', async () => {
    proxy.expect({ status: 503, headers: { 'retry-after': '5' } });
    const error = await failureOf(client.upstreamStatus({}, { timeoutMs: 4_000 }));
    expect(error).toMatchObject({ response: { status: 503 } });
    expect(proxy.bodies).toHaveLength(1);
  });

  it('waits as long as Retry-After says', async () => {
    proxy.expect({ status: 503, headers: { 'retry-after': '1' } });
    const startedAt = performance.now();
    expect((await client.upstreamStatus()).status).toBe(200);
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(1_000);
  });

  it('is told where it would have to wait for long, by the error itself if the header is hidden', async () => {
    const refused = { message: 'M', extensions: { code: 'RATE_LIMITED', retryAfterSeconds: 60 } };
    proxy.expect({ status: 429, body: JSON.stringify({ errors: [refused] }) });
    const error = await failureOf(client.upstreamStatus());
    expect(graphErrorsOf(error)).toEqual([{ code: 'RATE_LIMITED', message: 'M', path: [], retryAfterSeconds: 60 }]);
    expect(proxy.bodies).toHaveLength(1);
  });
});
