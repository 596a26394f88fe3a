import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Answer, type GraphOptions, startGraph, type TestGraph } from '../helpers/graph.ts';

/** A server that knows its callers, each by a key. */
export type GuardedGraph<Caller extends string> = {
  graph: TestGraph;
  /** API_KEYS_FILE. */
  keysFile: string;
  /** The operation as one of the callers sends it. */
  as(caller: Caller, document: string, variables?: Record<string, unknown>): Promise<Answer>;
  /** Also what the upstreams were asked for it, in alphabetical order. */
  askedAs(caller: Caller, document: string, variables?: Record<string, unknown>): Promise<AskedAnswer>;
  /** What tells the server who calls. */
  headersOf(caller: Caller): Record<string, string>;
  stop(): Promise<void>;
};

type AskedAnswer = { answer: Answer; asked: string[] };

/** `grants`: the scopes of each caller. */
export async function startGuardedGraph<Caller extends string>(
  grants: Record<Caller, readonly string[]>,
  { env = {}, ...options }: GraphOptions = {},
): Promise<GuardedGraph<Caller>> {
  const folder = mkdtempSync(join(tmpdir(), 'callers-'));
  const API_KEYS_FILE = join(folder, 'keys.json');
  const keys = Object.entries<readonly string[]>(grants).map(([caller, scopes]) => ({
    id: nameOf(caller),
    sha256: createHash('sha256').update(keyOf(caller)).digest('hex'),
    scopes,
  }));
  writeFileSync(API_KEYS_FILE, JSON.stringify(keys));
  const guarded = { AUTH_MODE: 'api-key', API_KEYS_FILE, RATE_LIMIT_PER_CALLER: 'off', ...env };
  const graph = await startGraph({ ...options, env: guarded });

  const headersOf = (caller: Caller) => ({ authorization: `Bearer ${keyOf(caller)}` });
  const as = (caller: Caller, document: string, variables?: Record<string, unknown>) =>
    graph.query(document, variables, headersOf(caller));

  return {
    graph,
    keysFile: API_KEYS_FILE,
    as,
    askedAs: async (...operation) => {
      graph.forgetRequests();
      const answer = await as(...operation);
      const asked = Object.values(graph.requests()).flat();
      return { answer, asked: asked.map((it) => `${it.method} ${it.target}`).sort() };
    },
    headersOf,
    stop: async () => {
      await graph.stop();
      rmSync(folder, { recursive: true });
    },
  };
}

const nameOf = (caller: string): string => caller.replaceAll(' ', '-');
const keyOf = (caller: string): string => `invented-key-of-${nameOf(caller)}`;

/** The refusals in an answer, each as the message that the caller gets. */
export const refusalsOf = ({ errors }: Answer): string[] =>
  errors.filter((it) => it.extensions.code === 'FORBIDDEN').map((it) => it.message);

export const takes = (scope: string): string => `This requires the scope ${scope}.`;
