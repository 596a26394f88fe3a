import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DocumentNode, parse, print } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHrGraphClient, type HrGraphClient, type TypedDocument } from '../../src/client/client.ts';
import { startGraph, type TestGraph } from '../helpers/graph.ts';
import { cleanUp, emptyFolder } from '../process/child.ts';
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
  await cleanUp();
});

type Names = { grades: { nodes: { name: string }[] } | null };
const text = 'query Names($first: Int) { grades(first: $first) { nodes { name } } }';
const names: TypedDocument<Names, { first?: number }> & DocumentNode = parse(text);

const rename = parse('mutation { updateGrade(input: { externalKey: "G-none", name: "None" }) { __typename } }');

const failureOf = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => 'none',
    (error: unknown) => error,
  );

describe('an operation of a front end’s own', () => {
  it('runs through the client, be it a document or its text', async () => {
    for (const document of [names, text, Object(text)]) {
      const { data, status } = await client.request<Names, { first?: number }>(document, { first: 2 });
      expect({ status, count: data.grades?.nodes.length }).toEqual({ status: 200, count: 2 });
    }
    expect((await client.request(names)).data.grades?.nodes).toHaveLength(11);
  });

  it('that reads is repeated, and one that writes never is', async () => {
    proxy.expect('cut');
    expect((await client.request(names)).status).toBe(200);
    expect(proxy.bodies).toHaveLength(2);
    proxy.expect('cut');
    expect(await failureOf(client.request(rename))).toBeInstanceOf(TypeError);
    expect(proxy.bodies).toHaveLength(1);
  });

  it('is sent with the headers of the client and of the call', async () => {
    const sent: Headers[] = [];
    const withHeaders = createHrGraphClient({
      url: graph.url,
      headers: async () => ({ authorization: 'Bearer of the client', 'x-page': 'any' }),
      fetch: (address, init) => {
        sent.push(new Headers(init?.headers));
        return fetch(address, init);
      },
    });
    await withHeaders.request(names, {}, { headers: { 'x-page': 'grades' } });
    const [headers] = sent;
    expect([headers?.get('authorization'), headers?.get('x-page')]).toEqual(['Bearer of the client', 'grades']);
  });

  it('is sent as its id where its build has given it one, and as its text to a server that does not know that', async () => {
    const printed = print(names);
    const hash = createHash('sha256').update(printed).digest('hex');
    const persisted = { ...names, __meta__: { hash } };
    const texts = () => proxy.bodies.map((it) => JSON.parse(it).query);
    proxy.expect();
    await createHrGraphClient({ url: proxy.url }).request(persisted);
    expect(texts()).toEqual([undefined, printed]);

    const file = join(emptyFolder(), 'persisted.json');
    writeFileSync(file, JSON.stringify({ [hash]: printed }));
    await graph.restartGraph({ PERSISTED_OPERATIONS: 'only', PERSISTED_OPERATIONS_FILE: file });
    proxy.expect();
    expect((await createHrGraphClient({ url: proxy.url }).request(persisted)).status).toBe(200);
    expect(texts()).toEqual([undefined]);
    await graph.restartGraph({ PERSISTED_OPERATIONS: undefined, PERSISTED_OPERATIONS_FILE: undefined });
  });

  it.each([
    'fragment F on Query { __typename }',
    'query A { __typename } query B { __typename }',
    'subscription { a }',
  ])('is one query or one mutation, and not: %s', async (document) => {
    expect(await failureOf(client.request(parse(document)))).toMatchObject({
      name: 'TypeError',
      message: expect.stringContaining('one query or one mutation'),
    });
  });
});
