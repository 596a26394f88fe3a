import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { cleanUp, emptyFolder } from '../process/child.ts';
import { type GuardedGraph, startGuarded } from './guarded-graph.ts';

const key = `hrg_${'k'.repeat(43)}`;
const servers: GuardedGraph[] = [];
afterAll(async () => {
  await Promise.all(servers.map((it) => it.stop()));
  await cleanUp();
});

/** A deployment whose one caller may see grades. */
async function start(env: Record<string, string> = {}): Promise<GuardedGraph> {
  const file = join(emptyFolder(), 'keys.json');
  const sha256 = createHash('sha256').update(key).digest('hex');
  writeFileSync(file, JSON.stringify([{ id: 'front-end', sha256, scopes: ['grades.readonly'] }]));
  const server = await startGuarded({ env: { AUTH_MODE: 'api-key', API_KEYS_FILE: file, ...env } });
  servers.push(server);
  return server;
}

const startPage = (graph: GuardedGraph, headers: Record<string, string> = {}) =>
  graph.send({ headers }, new URL('/', graph.url).href);

/** Of the deployment, of the schema, and of what is in it. */
const telling = /lucca|naver|ctrl|system|grade|employee|version|graphiql|endpoint|readyz|\d\.\d/i;

describe('the start page of a deployment whose callers sign in', () => {
  it.each<[string, Record<string, string>]>([
    ['no credential', {}],
    ['another key', { authorization: `Bearer hrg_${'x'.repeat(43)}` }],
    ['something else', { 'x-api-key': 'none' }],
  ])('shows nothing for %s', async (_, headers) => {
    const graph = await start({ GRAPHIQL: 'on', INTROSPECTION: 'on' });
    const { status, body, headers: received } = await startPage(graph, headers);
    expect(status).toBe(401);
    expect(received.get('www-authenticate')).toMatch(/^Bearer /);
    expect(body).toContain('sign in');
    expect(body).not.toMatch(telling);
    expect(graph.log.join('')).not.toContain(key);
  });

  it('shows a known caller how the systems are doing, and nothing of a schema that is closed', async () => {
    const { status, body } = await startPage(await start(), { authorization: `Bearer ${key}` });
    expect(status).toBe(200);
    expect(body).toContain('data-upstream="LUCCA"');
    expect(body).toContain('Authorization: Bearer $TOKEN');
    expect(body).not.toMatch(/<svg|graphiql|displayName|jobRoleAssignments/i);
    expect(body).not.toContain('@');
  });

  it('shows the picture where introspection is on, and examples where GraphiQL is', async () => {
    const open = await startPage(await start({ INTROSPECTION: 'on' }), { 'x-api-key': key });
    expect(open.body).toContain('<svg');
    expect(open.body).not.toContain('Open in GraphiQL');
    const whole = await startPage(await start({ INTROSPECTION: 'on', GRAPHIQL: 'on' }), { 'x-api-key': key });
    expect(whole.body).toContain('Open in GraphiQL');
  });
});
