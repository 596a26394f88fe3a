import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** What becomes of a request: it is passed on, changed before that, answered in the server's place, or cut off. */
export type Fate =
  | 'pass'
  | 'cut'
  /** Never answered. */
  | 'hang'
  | 'pass and cut'
  | { status: number; headers?: Record<string, string>; body?: string }
  | { rewrite: (body: string) => string };

export type UnsteadyProxy = {
  readonly url: string;
  /** The bodies of the requests, oldest first. */
  readonly bodies: string[];
  /** Of the next requests; those after them pass. Forgets what came before. */
  expect(...fates: Fate[]): void;
  stop(): Promise<void>;
};

/** What is between a client and the server on a bad day. */
export async function startUnsteadyProxy(target: () => string): Promise<UnsteadyProxy> {
  const bodies: string[] = [];
  let fates: Fate[] = [];

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const body = await text(request);
    bodies.push(body);
    const fate = fates.shift() ?? 'pass';
    if (fate === 'hang') return;
    if (fate === 'cut') return void request.socket.destroy();
    if (typeof fate === 'object' && 'status' in fate) {
      return void response.writeHead(fate.status, fate.headers).end(fate.body);
    }
    const passed = await fetch(target(), {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: request.headers.accept ?? '*/*' },
      body: typeof fate === 'object' ? fate.rewrite(body) : body,
    });
    if (fate === 'pass and cut') return void request.socket.destroy();
    response.writeHead(passed.status, { 'content-type': passed.headers.get('content-type') ?? '' });
    response.end(await passed.text());
  };

  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/graphql`,
    bodies,
    expect: (...next) => {
      fates = next;
      bodies.length = 0;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
