import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readConfig } from '../../src/config/config.ts';
import { ConfigError } from '../../src/config/config-error.ts';
import { startGraph, type TestGraph } from '../helpers/graph.ts';
import { cleanUp, emptyFolder } from '../process/child.ts';

const manifestPath = join(import.meta.dirname, '../../schema/persisted-operations.json');
const manifest = z.record(z.string(), z.string()).parse(JSON.parse(readFileSync(manifestPath, 'utf8')));
const idOf = (name: string): string =>
  Object.keys(manifest).find((id) => manifest[id]?.includes(`query ${name}`)) ?? 'none';

let graph: TestGraph;
beforeAll(async () => {
  graph = await startGraph();
});
afterAll(async () => {
  await graph.stop();
  await cleanUp();
});

const extensionsOf = (sha256Hash: string) => ({ persistedQuery: { version: 1, sha256Hash } });

async function send(body: object, accept = 'application/graphql-response+json') {
  const headers = { 'content-type': 'application/json', accept };
  const response = await fetch(graph.url, { method: 'POST', headers, body: JSON.stringify(body) });
  return { status: response.status, ...(await response.json()) };
}

const refusal = (status: number, code: string, message: unknown) => ({
  status,
  errors: [{ message, extensions: { code } }],
});
const unknownId = refusal(400, 'PERSISTED_QUERY_NOT_FOUND', 'PersistedQueryNotFound');
const notListed = refusal(403, 'FORBIDDEN', expect.stringContaining('send the id of one'));

/** A file as some front end's build writes it. */
function manifestFile(json: unknown): string {
  const file = join(emptyFolder(), 'operations.json');
  writeFileSync(file, typeof json === 'string' ? json : JSON.stringify(json));
  return file;
}

describe('the manifest of persisted operations', () => {
  it('has each of the client’s operations under the SHA-256 of its text', () => {
    const documents = Object.entries(manifest);
    expect(documents.length).toBeGreaterThan(5);
    for (const [id, text] of documents) {
      expect(id).toBe(createHash('sha256').update(text).digest('hex'));
      expect(() => parse(text)).not.toThrow();
    }
  });
});

describe('a server', () => {
  it('runs an operation for its id, by POST and by GET', async () => {
    const extensions = extensionsOf(idOf('directoryPage'));
    const expected = { status: 200, data: { employees: { nodes: [{}, {}] } } };
    expect(await send({ extensions, variables: { first: 2 } })).toMatchObject(expected);
    const query = new URLSearchParams({ extensions: JSON.stringify(extensions), variables: '{"first":2}' });
    const response = await fetch(`${graph.url}?${query}`, { headers: { accept: 'application/json' } });
    expect(await response.json()).toMatchObject({ data: expected.data });
  });

  it('runs an operation for its documentId, with the name of the digest or without, by POST and by GET', async () => {
    const expected = { employees: { nodes: [{}, {}] } };
    const id = idOf('directoryPage');
    for (const documentId of [id, `sha256:${id}`]) {
      expect(await send({ documentId, variables: { first: 2 } })).toMatchObject({ status: 200, data: expected });
      const query = new URLSearchParams({ documentId, variables: '{"first":2}' });
      const response = await fetch(`${graph.url}?${query}`, { headers: { accept: 'application/json' } });
      expect(await response.json()).toMatchObject({ data: expected });
    }
    expect(await send({ documentId: '0'.repeat(64) })).toEqual(unknownId);
    expect(await send({ documentId: 7 })).toMatchObject({ status: 400, errors: [{}] });
  });

  it('runs any other operation for its text, with whatever extensions', async () => {
    const expected = { status: 200, data: { __typename: 'Query' } };
    expect(await send({ query: '{ __typename }' })).toEqual(expected);
    expect(await send({ query: '{ __typename }', extensions: extensionsOf('0') })).toEqual(expected);
  });

  it('says so in the words that clients know when it does not know an id', async () => {
    expect(await send({ extensions: extensionsOf('0'.repeat(64)) })).toEqual(unknownId);
    expect(await send({ extensions: extensionsOf('__proto__') })).toEqual(unknownId);
    expect(await send({ extensions: extensionsOf('0') }, 'application/json')).toEqual({ ...unknownId, status: 200 });
  });

  it.each([
    ['no document', {}],
    ['an empty document', { query: '' }],
    ['a document that is no text', { query: 7 }],
    ['an id that is no text', { extensions: extensionsOf(JSON.parse('7')) }],
    ['another version of ids', { extensions: { persistedQuery: { version: 2, sha256Hash: idOf('directoryPage') } } }],
  ])('refuses %s', async (_, body) => {
    expect(await send(body)).toEqual(refusal(400, 'BAD_USER_INPUT', expect.any(String)));
  });
});

describe('a server for persisted operations only', () => {
  const own = 'query Own { upstreams { upstream } }';
  beforeAll(() =>
    graph.restartGraph({ PERSISTED_OPERATIONS: 'only', PERSISTED_OPERATIONS_FILE: manifestFile({ 'own.1': own }) }),
  );

  it('runs those of the client and those of the file, by id and by their exact text', async () => {
    expect(await send({ extensions: extensionsOf(idOf('jobRoleNames')) })).toMatchObject({ status: 200 });
    expect(await send({ extensions: extensionsOf('own.1') })).toMatchObject({ status: 200 });
    expect(await send({ query: own })).toMatchObject({ status: 200, data: { upstreams: [{}, {}, {}] } });
  });

  it('refuses every other text unread, and asks nothing of an upstream', async () => {
    graph.forgetRequests();
    for (const query of [`${own} `, '{ employees { totalCount } }', '{ __schema { types { name } } }', '{{{']) {
      expect(await send({ query })).toEqual(notListed);
      expect(await send({ query, extensions: extensionsOf('own.1') })).toEqual(notListed);
    }
    expect(await send({ query: '{{{' }, 'application/json')).toEqual({ ...notListed, status: 200 });
    expect(await send({ extensions: extensionsOf('0') })).toEqual(unknownId);
    expect(graph.requests()).toEqual({ LUCCA: [], CTRL_HUB: [], NAVER: [] });
  });

  it('has no GraphiQL unless told to', async () => {
    const page = () => fetch(graph.url, { headers: { accept: 'text/html' } });
    expect((await page()).status).toBeGreaterThanOrEqual(400);
    await graph.restartGraph({ GRAPHIQL: 'on' });
    expect((await page()).status).toBe(200);
  });

  it('takes the manifest that Apollo’s tools write', async () => {
    const operations = [{ id: 'a-1', name: 'Own', type: 'query', body: own }];
    const file = manifestFile({ format: 'apollo-persisted-query-manifest', version: 1, operations });
    await graph.restartGraph({ PERSISTED_OPERATIONS_FILE: file });
    expect(await send({ extensions: extensionsOf('a-1') })).toMatchObject({ status: 200 });
  });
});

describe('the start', () => {
  const problemsOf = (env: Record<string, string>): readonly string[] => {
    try {
      readConfig(env);
      return [];
    } catch (error) {
      return error instanceof ConfigError ? error.problems : [String(error)];
    }
  };

  it.each(['off', 'true', 'all'])('is stopped by PERSISTED_OPERATIONS=%s', (word) => {
    const problem = `PERSISTED_OPERATIONS: expected one of on, only, got "${word}"`;
    expect(problemsOf({ PERSISTED_OPERATIONS: word })).toEqual([problem]);
  });

  it.each([
    ['is not there', '/nowhere/operations.json', 'ENOENT'],
    ['is not JSON', manifestFile('{'), 'not JSON'],
    ['is a list', manifestFile(['{ __typename }']), 'another shape'],
    ['has an id that no client can send', manifestFile({ 'a b': '{ __typename }' }), 'another shape'],
    ['has an operation without a text', manifestFile({ a: '' }), 'another shape'],
  ])('is stopped by a PERSISTED_OPERATIONS_FILE that %s', (_, file, reason) => {
    const [problem, ...others] = problemsOf({ PERSISTED_OPERATIONS_FILE: file });
    expect(problem).toMatch(/^PERSISTED_OPERATIONS_FILE: expected the path of a JSON file of documents by their ids, /);
    expect(problem).toContain(`(${reason})`);
    expect(others).toEqual([]);
  });
});
