import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** What the way to an upstream does to its answers: `whole` is the one that the upstream has given. */
export type Fault = (response: ServerResponse, whole: { status: number; headers: Headers; body: Buffer }) => unknown;

export type FaultyProxy = {
  origin: string;
  /** Null: passes everything on as it is. */
  fault: Fault | null;
  /** Refuses connections, as a host without the service does, until `open`. */
  refuse(): Promise<void>;
  open(): Promise<void>;
  close(): Promise<void>;
};

/** Stands before one emulator, on loopback. */
export async function startFaultyProxy(target: string): Promise<FaultyProxy> {
  const server = createServer((request, response) => {
    response.on('error', () => undefined);
    void pass(request, response).catch(() => response.destroy());
  });

  async function pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    const { host: _, connection: __, 'content-length': ___, 'transfer-encoding': ____, ...rest } = request.headers;
    const headers = Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, String(value)]));
    const hasBody = request.method !== 'GET' && request.method !== 'HEAD';
    const answer = await fetch(new URL(target).origin + request.url, {
      method: request.method ?? 'GET',
      // What is passed on has to be what fetch has decoded.
      headers: { ...headers, 'accept-encoding': 'identity' },
      body: hasBody ? Buffer.concat(chunks) : null,
    });
    const whole = { status: answer.status, headers: answer.headers, body: Buffer.from(await answer.arrayBuffer()) };
    await (proxy.fault ?? passOn)(response, whole);
  }

  const listen = (port: number) => new Promise<void>((resolve) => server.listen(port, '127.0.0.1', () => resolve()));
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  await listen(0);
  const { port } = server.address() as AddressInfo;
  const proxy: FaultyProxy = {
    origin: `http://127.0.0.1:${port}`,
    fault: null,
    refuse: close,
    open: () => listen(port),
    close,
  };
  return proxy;
}

const passOn: Fault = (response, { status, headers, body }) => {
  for (const [name, value] of headers) if (name !== 'transfer-encoding') response.setHeader(name, value);
  response.writeHead(status).end(status === 304 ? undefined : body);
};

export const replies =
  (status: number, headers: Record<string, string> = {}, body = ''): Fault =>
  (response) =>
    response.writeHead(status, headers).end(body);

const json = { 'content-type': 'application/json' };

export const breaksOff: Fault = async (response, { body }) => {
  response.writeHead(200, { ...json, 'content-length': body.length + 2 }).write(body.length === 0 ? '{' : body);
  await delay(20);
  response.destroy();
};

export const truncates: Fault = (response, { body }) =>
  response.writeHead(200, json).end(body.subarray(0, body.length - 20));

/** A byte now and then, without an end: no pause is long. */
export const trickles: Fault = async (response) => {
  response.writeHead(200, { ...json, 'content-length': 1_000_000 });
  while (!response.destroyed) {
    response.write(' ');
    await delay(200);
  }
};

/** An upstream whose clock is an hour ahead. */
export const isAhead: Fault = (response, whole) => {
  const headers = new Headers(whole.headers);
  headers.set('date', new Date(Date.now() + 3_600_000).toUTCString());
  return passOn(response, { ...whole, headers });
};

export function losesEverySecond(): Fault {
  let count = 0;
  return (response, whole) => {
    count += 1;
    return count % 2 === 1 ? response.destroy() : passOn(response, whole);
  };
}
