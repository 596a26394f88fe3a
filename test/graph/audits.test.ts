import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { auditServer } from 'graphql-http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startGraph, type TestGraph } from '../helpers/graph.ts';
import { cleanUp, emptyFolder } from '../process/child.ts';
import { bearer, newSigningKey, startIssuer, tokenAudience, tokenIssuer, tokenOf } from '../security/issuer.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

type Send = (address: string, init?: RequestInit) => Promise<Response>;

const textOf = (init?: RequestInit): string => (typeof init?.body === 'string' ? init.body : '');

/** Names of the audits of GraphQL over HTTP that do not pass, whatever their level, and how many there are. */
async function audit(url: string, send: Send): Promise<{ count: number; failed: string[] }> {
  const results = await auditServer({ url, fetchFn: send });
  const failed = results.flatMap((it) => (it.status === 'ok' ? [] : [`${it.id} ${it.name}: ${it.reason}`]));
  return { count: results.length, failed };
}

const withHeaders =
  (headers: Record<string, string>): Send =>
  (address, init = {}) =>
    fetch(address, { ...init, headers: { ...Object.fromEntries(new Headers(init.headers)), ...headers } });

let graph: TestGraph;
const audited = new Map<string, string>();
beforeAll(async () => {
  graph = await startGraph();
});
afterAll(async () => {
  await graph.stop();
  await cleanUp();
});

/** Remembers the documents, for the server that runs nothing else. */
const recording: Send = (address, init) => {
  const documents = [new URL(address).searchParams.get('query'), requestIn(textOf(init))?.query];
  for (const it of documents) if (typeof it === 'string') audited.set(sha256(it), it);
  return fetch(address, init);
};

/** As clients of persisted operations ask: the id for the text. What is no request with a text stays as it is. */
const byId =
  (send: Send): Send =>
  (address, init) => {
    const request = requestIn(textOf(init));
    if (typeof request?.query !== 'string' || !isMap(request.extensions ?? {})) return send(address, init);
    const { query, extensions, ...rest } = request;
    const persistedQuery = { version: 1, sha256Hash: sha256(query) };
    return send(address, {
      ...init,
      body: JSON.stringify({ ...rest, extensions: { ...Object(extensions), persistedQuery } }),
    });
  };

const isMap = (it: unknown): boolean => typeof it === 'object' && !Array.isArray(it);

function requestIn(body: string): { query?: unknown; extensions?: unknown } | null {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}

const passesAll = { count: 61, failed: [] };

describe('all audits of GraphQL over HTTP pass', () => {
  it('where anybody may ask', async () => {
    expect(await audit(graph.url, recording)).toEqual(passesAll);
    expect(audited.size).toBeGreaterThan(5);
  });

  it('with API keys', async () => {
    const file = join(emptyFolder(), 'keys.json');
    writeFileSync(file, JSON.stringify([{ id: 'audit', sha256: sha256('hrg_audit'), scopes: [] }]));
    await graph.restartGraph({ AUTH_MODE: 'api-key', API_KEYS_FILE: file, INTROSPECTION: 'on' });
    expect((await fetch(`${graph.url}?query={__typename}`)).status).toBe(401);
    expect(await audit(graph.url, withHeaders(bearer('hrg_audit')))).toEqual(passesAll);
  });

  it('with tokens; with a closed schema but for the four that ask for introspection', async () => {
    const key = await newSigningKey('ec-1');
    const issuer = await startIssuer([key]);
    try {
      const jwt = {
        AUTH_MODE: 'jwt',
        AUTH_JWKS_URL: issuer.url,
        AUTH_ISSUER: tokenIssuer,
        AUTH_AUDIENCE: tokenAudience,
      };
      await graph.restartGraph({ ...jwt, API_KEYS_FILE: undefined });
      const send = withHeaders(bearer(await tokenOf(key)));
      expect(await audit(graph.url, send)).toEqual(passesAll);
      await graph.restartGraph({ INTROSPECTION: 'off' });
      const { failed } = await audit(graph.url, send);
      expect(failed.map((it) => it.slice(0, 'XXXX'.length))).toEqual(['2EA1', '28B9', 'D6D5', '6A70']);
    } finally {
      await issuer.stop();
    }
  });

  it('where only persisted operations run, by their texts and by their ids', async () => {
    const file = join(emptyFolder(), 'operations.json');
    writeFileSync(file, JSON.stringify(Object.fromEntries(audited)));
    await graph.restartGraph({
      AUTH_MODE: undefined,
      AUTH_JWKS_URL: undefined,
      AUTH_ISSUER: undefined,
      AUTH_AUDIENCE: undefined,
      INTROSPECTION: 'on',
      PERSISTED_OPERATIONS: 'only',
      PERSISTED_OPERATIONS_FILE: file,
    });
    expect(
      (await fetch(`${graph.url}?query={upstreams{state}}`, { headers: { accept: 'application/json' } })).status,
    ).toBe(200);
    expect(await audit(graph.url, fetch)).toEqual(passesAll);
    expect(await audit(graph.url, byId(fetch))).toEqual(passesAll);
  });
});
