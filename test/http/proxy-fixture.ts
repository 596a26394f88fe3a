import { readFileSync } from 'node:fs';
import { createServer, request as forward } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, connect, type Server } from 'node:net';
import { fileURLToPath } from 'node:url';

/** A key, and a certificate for *.upstreams.example that vouches for itself: nobody trusts it unless told to. */
export const certificateFile = fileURLToPath(new URL('upstreams-example.pem', import.meta.url));

const listen = async (server: Server): Promise<number> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
};

export type Proxy = { port: number; asked: { host: string; credentials: string | undefined }[]; close(): void };

/** An HTTP proxy that connects to `port` of this machine, whatever host it is asked for; or refuses with `status`. */
export async function startProxy(port: number, status = 200): Promise<Proxy> {
  const asked: Proxy['asked'] = [];
  const server = createServer((_, response) => void response.writeHead(405).end());
  server.on('connect', ({ url = '', headers }, socket, head) => {
    asked.push({ host: url, credentials: headers['proxy-authorization'] });
    socket.on('error', () => undefined);
    if (status !== 200) return void socket.end(`HTTP/1.1 ${status} Refused\r\ncontent-length: 0\r\n\r\n`);
    const upstream = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connected\r\n\r\n');
      upstream.write(head);
      upstream.pipe(socket).pipe(upstream);
    });
    upstream.on('error', () => socket.destroy());
    socket.on('close', () => upstream.destroy());
  });
  return { port: await listen(server), asked, close: () => void server.close() };
}

export type TlsFront = { port: number; received: string[]; close(): void };

/** Ends TLS, and passes requests on to the origin of the host that they are for; `*` stands for any other. */
export async function startTlsFront(origins: Record<string, string>, pemFile = certificateFile): Promise<TlsFront> {
  const pem = readFileSync(pemFile);
  const received: string[] = [];
  const server = createTlsServer({ key: pem, cert: pem }, (incoming, outgoing) => {
    const { host = '' } = incoming.headers;
    received.push(host);
    const to = forward(new URL(incoming.url ?? '/', origins[host] ?? origins['*']), {
      method: incoming.method,
      headers: incoming.headers,
    });
    to.on('response', (response) => {
      outgoing.writeHead(response.statusCode ?? 502, response.headers);
      response.pipe(outgoing);
    });
    to.on('error', () => outgoing.destroy());
    incoming.pipe(to);
  });
  return {
    port: await listen(server),
    received,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
