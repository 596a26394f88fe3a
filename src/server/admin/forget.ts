import { request } from 'node:http';
import { createInterface } from 'node:readline/promises';
import { text } from 'node:stream/consumers';
import { loadEnvFile } from '../../config/env-file.ts';
import { parseNodeId } from '../../domain/node-id.ts';

/**
 * `npm run forget`: makes the server behind ADMIN_SOCKET erase one person. The identifier comes from standard input or a
 * prompt, because ps shows arguments and shells store them. Only an opaque id of the graph may be an argument.
 */
await forget(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});

async function forget(args: readonly string[]): Promise<void> {
  loadEnvFile(process.env);
  const socketPath = process.env.ADMIN_SOCKET?.trim();
  if (!socketPath) throw new Error('ADMIN_SOCKET: expected the socket of the running server, got none.');
  const person = args.length === 0 ? await readPerson() : idIn(args);
  const { status, body } = await post(socketPath, person);
  if (status !== 200) throw new Error(body.trim());
  process.stdout.write(body);
}

function idIn([id = '', ...others]: readonly string[]): string {
  const node = parseNodeId(id);
  const isReadable = node?.key.includes('@') ?? true;
  if (node?.type === 'Employee' && !isReadable && others.length === 0) return id;
  throw new Error(
    "Expected an Employee's id as the only argument. Write an e-mail address or an upstream's identifier to standard input: others can see arguments.",
  );
}

async function readPerson(): Promise<string> {
  if (!process.stdin.isTTY) return text(process.stdin);
  const terminal = createInterface({ input: process.stdin, output: process.stderr, historySize: 0 });
  const person = await terminal.question("Whom? E-mail address, id, or an upstream's identifier: ");
  terminal.close();
  return person;
}

function post(socketPath: string, person: string): Promise<{ status: number | undefined; body: string }> {
  return new Promise((resolve, reject) => {
    const httpRequest = request({ socketPath, path: '/forget', method: 'POST' }, (response) => {
      text(response).then((body) => resolve({ status: response.statusCode, body }), reject);
    });
    httpRequest.once('error', ({ message }) => reject(new Error(`No server answers at ADMIN_SOCKET (${message}).`)));
    httpRequest.end(person);
  });
}
