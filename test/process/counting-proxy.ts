import { type AddressInfo, createServer, connect as openConnection, type Socket } from 'node:net';

/** What came back over the wire, heads included. */
export type CountingProxy = { origin: string; received(): number; stop(): Promise<void> };

/** Passes bytes on to the server of this address as they are, and counts those that come back. */
export async function startCountingProxy(target: string): Promise<CountingProxy> {
  const { port } = new URL(target);
  let received = 0;
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    const upstream = openConnection(Number(port), '127.0.0.1');
    for (const it of [socket, upstream]) {
      sockets.add(it);
      it.on('error', () => it.destroy());
    }
    upstream.on('data', (chunk) => {
      received += chunk.length;
    });
    socket.pipe(upstream).pipe(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received: () => received,
    stop: async () => {
      for (const it of sockets) it.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
