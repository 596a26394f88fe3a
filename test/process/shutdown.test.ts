import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { cleanUp } from './child.ts';
import { openConnection } from './requests.ts';
import { type Server, startServer } from './server.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterEach(cleanUp);
afterAll(() => sandbox.close());

const names = JSON.stringify({ query: '{ employees(first: 5) { nodes { displayName } } }' });
const upstreams = JSON.stringify({ query: '{ upstreams { state } }' });
const each = <T>(count: number, make: () => Promise<T>) => Promise.all(Array.from({ length: count }, make));

async function running(SHUTDOWN_DELAY_SECONDS: string): Promise<Server & { address: string }> {
  const server = startServer({ env: { ...sandbox.env, SHUTDOWN_DELAY_SECONDS } });
  return Object.assign(server, { address: await server.url() });
}

async function replyTo(url: string, body?: string, path = '/graphql'): Promise<string> {
  const connection = await openConnection(url, path);
  await connection.send(body);
  const reply = await connection.reply();
  connection.close();
  return reply;
}

/** The statuses of replies, each once: 'none' for a request without one. */
const statuses = (replies: string[]) => [...new Set(replies.map((it) => it.split(' ')[1] ?? 'none'))];

describe('a server that is stopped under load', () => {
  it('answers all of 200 requests that were sent before the signal, on new and on kept connections', async () => {
    const server = await running('0');
    const kept = await each(100, () => openConnection(server.address));
    await Promise.all(kept.map((it) => it.send(names)));
    expect(statuses(await Promise.all(kept.map((it) => it.reply())))).toEqual(['200']);

    const fresh = await each(100, () => openConnection(server.address));
    await Promise.all([...kept, ...fresh].map((it) => it.send(upstreams)));
    server.kill();
    expect(statuses(await Promise.all([...kept, ...fresh].map((it) => it.reply())))).toEqual(['200']);
    expect(await server.exit).toBe(0);
  });

  it('answers all of 200 requests that are sent while it waits to be left alone, and asks to have them the last', async () => {
    const server = await running('2');
    const kept = await each(100, () => openConnection(server.address));
    await Promise.all(kept.map((it) => it.send(names)));
    await Promise.all(kept.map((it) => it.reply()));

    const replies: Promise<string>[] = [];
    for (const [index, connection] of kept.entries()) {
      if (index === 20) server.kill();
      replies.push(
        connection.send(names).then(() => connection.reply()),
        replyTo(server.address, names),
      );
      await delay(5);
    }
    const answered = await Promise.all(replies);
    expect(answered).toHaveLength(200);
    expect(statuses(answered)).toEqual(['200']);
    expect(answered.at(-1)).toMatch(/\r\nconnection: close\r\n/i);
    expect(answered.at(-2)).toMatch(/\r\nconnection: close\r\n/i);
    expect(await server.exit).toBe(0);
  });

  it('is not ready while it waits, lives, and refuses connections afterwards', async () => {
    const server = await running('4');
    server.kill();
    await expect.poll(() => server.stderr).toContain('stopping');
    await expect.poll(async () => statuses([await replyTo(server.address, undefined, '/readyz')])).toEqual(['503']);
    expect(await replyTo(server.address, undefined, '/readyz')).toContain('"stopping"');
    expect(statuses([await replyTo(server.address, undefined, '/healthz')])).toEqual(['200']);
    expect(await server.exit).toBe(0);
    expect(statuses([await replyTo(server.address)])).toEqual(['none']);
  });

  it('ends at once by a second signal', async () => {
    const server = await running('3600');
    server.kill();
    await expect.poll(() => server.stderr).toContain('stopping');
    await delay(700);
    server.kill();
    expect(await server.exit).toBe(143);
  });

  it('does not wait for connections that were opened and never used', async () => {
    const server = await running('0');
    await openConnection(server.address);
    server.kill();
    expect(await server.exit).toBe(0);
  });
});

describe('an idle connection', () => {
  it('is held as long as KEEP_ALIVE_SECONDS says', async () => {
    const server = startServer({ env: { ...sandbox.env, KEEP_ALIVE_SECONDS: '65' } });
    expect(await replyTo(await server.url(), upstreams)).toMatch(/\r\nkeep-alive: timeout=65\r\n/i);
  });
});
