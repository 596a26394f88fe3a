import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { type Child, type ChildOptions, start } from './child.ts';

const pathOf = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

export type ServerOptions = ChildOptions & {
  /** Receives the address of every connection that the server opens, a line each. */
  connectionsFile?: string;
};

/** The real program, by the Node that runs the tests, on a free port unless `env` says otherwise. */
export function spawnServer({ env = {}, connectionsFile, ...options }: ServerOptions = {}): Child {
  const preload = connectionsFile === undefined ? [] : ['--import', pathOf('record-connections.ts')];
  return start(process.execPath, [...preload, pathOf('../../src/server/main.ts')], {
    ...options,
    env: { PORT: '0', CONNECTIONS_FILE: connectionsFile, ...env },
  });
}

export type RunningServer = Child & {
  /** Of the GraphQL endpoint. */
  readonly url: string;
};

/** Resolves once the server has told its address. Rejects, with what it wrote, when it ends instead. */
export async function startServer(options: ServerOptions = {}): Promise<RunningServer> {
  const child = spawnServer(options);
  const url = urlIn(await child.firstLine);
  return Object.defineProperty(child, 'url', { value: url }) as RunningServer;
}

export const urlIn = (text: string): string => z.string().parse(/http:\/\/\S+\/graphql/.exec(text)?.[0]);

const answerShape = z.object({
  data: z.record(z.string(), z.unknown()).nullish(),
  errors: z.array(z.object({ message: z.string(), extensions: z.record(z.string(), z.unknown()).optional() })).default([]),
});

export async function ask(url: string, query: string, variables: object = {}): Promise<z.infer<typeof answerShape>> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  return answerShape.parse(await response.json());
}
