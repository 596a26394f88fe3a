import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** A connection of one's own to a server, as balancers hold them. */
export type Connection = {
  /** Resolves once the request's bytes are with the system; the reply is collected from then on. */
  send(body?: string): Promise<void>;
  /** The reply to what was sent: its head and body. Empty where the connection ended without one. */
  reply(): Promise<string>;
  close(): void;
};

const endOfReply = /^HTTP\/1\.1 \d+ .*?\r\ncontent-length: (\d+)\r\n(?:.*?\r\n)?\r\n(.*)$/is;

export async function openConnection(url: string, path = '/graphql'): Promise<Connection> {
  const { hostname, port, host } = new URL(url);
  const socket: Socket = connect(Number(port), hostname === 'localhost' ? '127.0.0.1' : hostname);
  let received = '';
  socket.setEncoding('latin1').on('data', (text: string) => {
    received += text;
  });
  socket.on('error', () => socket.destroy());
  await once(socket, 'connect').catch(() => undefined);
  const isComplete = () => {
    const [, length, body = ''] = endOfReply.exec(received) ?? [];
    return length !== undefined && body.length >= Number(length);
  };
  return {
    send: (body) => {
      received = '';
      const head = [
        `${body === undefined ? 'GET' : 'POST'} ${path} HTTP/1.1`,
        `host: ${host}`,
        ...(body === undefined ? [] : ['content-type: application/json', `content-length: ${Buffer.byteLength(body)}`]),
      ];
      return new Promise((resolve) => void socket.write(`${head.join('\r\n')}\r\n\r\n${body ?? ''}`, () => resolve()));
    },
    reply: async () => {
      while (!isComplete() && !socket.destroyed && !socket.readableEnded) await delay(5);
      return received;
    },
    close: () => socket.destroy(),
  };
}
