import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startGraph, type TestGraph } from '../helpers/graph.ts';

let graph: TestGraph;
beforeAll(async () => {
  graph = await startGraph();
});
afterAll(() => graph.stop());

const json = 'application/json; charset=utf-8';
const ofGraphql = 'application/graphql-response+json; charset=utf-8';

async function ask(headers: Record<string, string>, query = '{ grades { totalCount } }') {
  const body = JSON.stringify({ query });
  const response = await fetch(graph.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
  return { status: response.status, type: response.headers.get('content-type'), body: await response.text() };
}

describe('an answer', () => {
  it.each([
    ['application/graphql-response+json;q=0, application/json', json],
    ['application/json;q=0.5, application/graphql-response+json', ofGraphql],
    ['application/graphql-response+json;q=0.5, application/json;q=0.9', json],
    ['application/graphql-response+json, application/json;q=0.9', ofGraphql],
    ['application/graphql-response+json, application/json', ofGraphql],
    ['application/json, application/graphql-response+json', json],
    ['application/graphql-response+json; charset=utf-8, application/json; charset=UTF-8', ofGraphql],
    ['Application/GraphQL-Response+JSON', ofGraphql],
    ['text/html;q=0.1, application/*', json],
    ['multipart/mixed;deferSpec=20220824,application/graphql-response+json,application/json', ofGraphql],
    ['*/*', json],
    ['', json],
  ])('is in the type that the caller likes best: %s', async (accept, type) => {
    expect(await ask({ accept })).toEqual({ status: 200, type, body: expect.stringContaining('totalCount') });
  });

  it.each(['text/plain', 'application/json;q=0', 'application/json;q=0, application/graphql-response+json;q=0'])(
    'is none where no type is acceptable: %s',
    async (accept) => {
      expect(await ask({ accept })).toEqual({
        status: 406,
        type: 'text/plain; charset=utf-8',
        body: 'Accept application/json or application/graphql-response+json.\n',
      });
    },
  );

  it('has its status by the same type', async () => {
    const wrong = '{ salaries }';
    expect((await ask({ accept: 'application/graphql-response+json;q=0, application/json' }, wrong)).status).toBe(200);
    expect((await ask({ accept: 'application/json;q=0.1, application/graphql-response+json' }, wrong)).status).toBe(
      400,
    );
  });
});

describe('GraphiQL', () => {
  const typeFor = async (accept: string) =>
    (await fetch(graph.url, { headers: { accept } })).headers.get('content-type');

  it('is named by the refusal to a browser where it is off', async () => {
    const closed = await startGraph({ env: { GRAPHIQL: 'off' } });
    const response = await fetch(closed.url, { headers: { accept: 'text/html' } });
    expect({ status: response.status, text: await response.text() }).toMatchObject({
      status: 406,
      text: expect.stringContaining('The explorer for browsers is off on this server'),
    });
    await closed.stop();
  });

  it('is for whoever likes a page better', async () => {
    expect(await typeFor('text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8')).toBe(
      'text/html; charset=utf-8',
    );
    expect(await typeFor('text/html;q=0.1, application/json')).toBe(json);
    expect(await typeFor('text/html;q=0, */*')).toBe(json);
  });
});

describe('a body', () => {
  it.each(['Application/JSON', 'APPLICATION/JSON; Charset=UTF-8', 'application/json ; charset="utf-8"'])(
    'is read as JSON whatever the case of its type: %s',
    async (type) => {
      // With this header no answer is served again, and the endpoint itself reads the body.
      expect(await ask({ 'content-type': type, 'cache-control': 'max-age=0' })).toMatchObject({
        status: 200,
        body: expect.stringContaining('11'),
      });
    },
  );

  it('in another charset, or another type, is refused with what to send', async () => {
    const preflight = { 'graphql-require-preflight': '1' };
    expect(await ask({ 'content-type': 'application/json; charset=iso-8859-1' })).toMatchObject({
      status: 415,
      body: expect.stringContaining('UTF-8'),
    });
    expect(await ask({ 'content-type': 'application/xml', ...preflight })).toMatchObject({
      status: 415,
      body: expect.stringContaining('application/json'),
    });
  });
});
