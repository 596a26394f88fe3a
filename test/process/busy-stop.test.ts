import { Agent, get } from 'node:http';
import { describe, expect, it } from 'vitest';
import { listen } from '../../src/server/http-server.ts';

/** Keeps the event loop busy, so that in every turn of it something new has arrived. */
function burn(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until);
}

const clients = 20;

describe('a server that is stopped while clients keep asking, each on one new connection after another', () => {
  it('closes its listener all the same, and answers everybody who was connected', async () => {
    const server = await listen(
      (_, response) => {
        burn(20);
        response.end('done');
      },
      { host: '127.0.0.1', port: 0 },
    );
    let [answered, isOver] = [0, false];
    const failures = new Set<unknown>();
    const agent = new Agent({ keepAlive: false });
    const askOnce = () =>
      new Promise<boolean>((resolve) => {
        const url = server.url.replace('localhost', '127.0.0.1');
        const request = get(url, { agent }, (response) => response.resume().once('end', () => resolve(true)));
        request.once('error', (error) => {
          failures.add('code' in error ? error.code : error.message);
          resolve(false);
        });
      });
    const asking = Array.from({ length: clients }, async () => {
      while (!isOver) if (await askOnce()) answered += 1;
    });
    await expect.poll(() => answered).toBeGreaterThan(clients);
    await server.stop({ graceMs: 10_000 });
    isOver = true;
    await Promise.all(asking);
    expect(await askOnce()).toBe(false);
    // Whoever still got a connection got an answer: nothing else than that there is no listener any more.
    expect([...failures]).toEqual(['ECONNREFUSED']);
  }, 60_000);
});
