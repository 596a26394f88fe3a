import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { keepErrors, keepEvidence } from '../leaks/evidence.ts';
import { type Child, type ChildOptions, start } from './child.ts';

export type ServerOptions = ChildOptions & {
  /** Receives the address of every connection that the server asks for, a line each. */
  connectionsFile?: string;
};

export type Server = Child & {
  /** Resolves with the address of the endpoint once it is told; rejects, with what was logged, when that never happens. */
  url(): Promise<string>;
};

const pathOf = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

/** The real program, by the Node that runs the tests, on a free port unless `env` says otherwise. */
export function startServer({ env = {}, connectionsFile, ...options }: ServerOptions = {}): Server {
  const preload = connectionsFile === undefined ? [] : ['--import', pathOf('record-connections.ts')];
  const child = start(process.execPath, [...preload, pathOf('../../src/server/main.js')], {
    ...options,
    env: { PORT: '0', CONNECTIONS_FILE: connectionsFile, ...env },
  });
  const keepOutput = () => keepEvidence('stdout of the server', child.stdout);
  child.exit.then(keepOutput, keepOutput);
  return Object.assign(child, { url: () => child.printed(/http:\/\/\S+\/graphql/) });
}

const variablesShape = z.record(z.string(), z.string());

/** The emulated vendors in a process of their own. Resolves with the variables that lead to them. */
export async function startEmulators(): Promise<Record<string, string>> {
  const emulators = start(process.execPath, [pathOf('emulators-main.ts')]);
  return variablesShape.parse(JSON.parse(await emulators.printed(/^\{.*\}$/m)));
}

const answerShape = z.object({
  data: z.record(z.string(), z.unknown()).nullish(),
  errors: z
    .array(
      z.object({
        path: z.array(z.union([z.string(), z.number()])).optional(),
        extensions: z.object({ code: z.string(), upstream: z.string().optional() }),
      }),
    )
    .default([]),
});

export async function ask(url: string, query: string, variables: object = {}): Promise<z.infer<typeof answerShape>> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const body: unknown = await response.json();
  keepErrors(body);
  return answerShape.parse(body);
}
