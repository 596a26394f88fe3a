import { rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect } from 'node:net';
import type { Logger } from 'pino';

/** The commands that an operator may send to a running server. */
export type Administered = {
  /** Returns the number of erased records. */
  erasePerson(person: string): Promise<number>;
};

export type AdminServer = { stop(): Promise<void> };

/** An address has at most 320 characters, and an id of the graph not many more. */
const maxBytes = 2_000;

/**
 * Listens on a Unix domain socket that only the server's own user can open. `POST /forget` takes one line of text that
 * identifies a person. Rejects if another process listens at the path.
 */
export async function listenToAdmins(path: string, graph: Administered, logger: Logger): Promise<AdminServer> {
  if (await isListening(path)) throw new Error('ADMIN_SOCKET: another process answers there.');
  rmSync(path, { force: true });

  const server = createServer((request, response) => {
    const isForget = request.method === 'POST' && request.url === '/forget';
    if (!isForget) return respond(response, 404, 'Expected POST /forget.');
    void readText(request).then(
      (text) => erase(text, response),
      () => response.destroy(),
    );
  });

  async function erase(text: string | null, response: ServerResponse): Promise<void> {
    const person = text?.trim() ?? '';
    if (person === '' || /[\r\n]/.test(person)) return respond(response, 400, 'Expected one line that names a person.');
    try {
      const records = await graph.erasePerson(person);
      logger.info({ records }, 'erased: one person');
      respond(response, 200, messageFor(records));
    } catch {
      // Not logged with its error, whose message may name the person.
      logger.error('a person could not be erased');
      respond(
        response,
        500,
        'The person could not be erased: stop the server, remove DIRECTORY_FILE if it is set, and start again.',
      );
    }
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    // The umask applies when the socket is created, so that no other user can ever open it.
    const mask = process.umask(0o177);
    server.listen(path, resolve);
    process.umask(mask);
  });
  return {
    stop: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function messageFor(records: number): string {
  if (records === 0) return 'There was no record of such a person.';
  return `Erased: ${records} ${records === 1 ? 'record' : 'records'} of that person.`;
}

/** Null if the text is longer than any identifier. */
async function readText(request: IncomingMessage): Promise<string | null> {
  let text = '';
  for await (const bytes of request.setEncoding('utf8')) {
    text += String(bytes);
    if (text.length > maxBytes) return null;
  }
  return text;
}

function respond(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', connection: 'close' }).end(`${text}\n`);
}

/** False for a socket that a killed process left behind. */
const isListening = (path: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(path);
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
