import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readBody } from '../../src/server/response-cache/cacheable-request.ts';

/** What each request's body was read as, in order. `delayed`: it is read only after its caller has hung up. */
const bodies: (string | null)[] = [];
let arrived = Promise.withResolvers<void>();

async function read(request: IncomingMessage): Promise<void> {
  if (request.url === '/delayed') await new Promise<void>((done) => request.socket.once('close', () => done()));
  bodies.push(await readBody(request, Number(request.headers['content-length'])));
  arrived.resolve();
}

const server = createServer((request, response) => void read(request).finally(() => response.end()));
beforeAll(async () => {
  await once(server.listen(0, '127.0.0.1'), 'listening');
});
afterAll(() => void server.close());

/** Sends a head that promises `length` bytes and then `parts`, hangs up if asked to, and tells what the server has read. */
async function send(parts: Buffer[], { length = Buffer.concat(parts).length, path = '/', hangsUp = false } = {}) {
  arrived = Promise.withResolvers();
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1').on('error', () => undefined);
  socket.write(`POST ${path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${length}\r\n\r\n`);
  for (const part of parts) {
    socket.write(part);
    await new Promise((done) => setTimeout(done, 10));
  }
  if (hangsUp) socket.destroy();
  await arrived.promise;
  socket.destroy();
  return bodies.at(-1);
}

const text = '{"query":"{ 직급 }"}';
const bytes = Buffer.from(text);
/** In the middle of a character. */
const halves = [bytes.subarray(0, 13), bytes.subarray(13)];

describe('the body of a request', () => {
  it('is read whole when it comes in parts', async () => {
    expect(await send(halves)).toBe(text);
  });

  it('is none when its caller hangs up in the middle of it', async () => {
    expect(await send(halves.slice(0, 1), { length: bytes.length, hangsUp: true })).toBeNull();
  });

  it('is none when its caller has hung up before it is read', async () => {
    expect(await send(halves.slice(0, 1), { length: bytes.length, path: '/delayed', hangsUp: true })).toBeNull();
  });

  it('is none when it is not UTF-8, and that changes nothing for the next one', async () => {
    expect(await send(halves.slice(0, 1))).toBeNull();
    expect(await send([bytes])).toBe(text);
  });
});
