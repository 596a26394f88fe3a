import { expect } from 'vitest';
import { z } from 'zod';
import { readConfig } from '../../src/config/config.ts';
import { createCompany } from '../../src/sandbox/company/company.ts';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../src/sandbox/sandbox.ts';
import { createConfiguredGraph } from '../../src/server/configured-graph.ts';
import { listen, type RequestTimeouts } from '../../src/server/http-server.ts';
import { createLogger } from '../../src/server/logger.ts';
import { deployment } from '../helpers/deployment.ts';
import { keepErrors, keepEvidence, keepSecrets } from '../leaks/evidence.ts';

export type GuardedOptions = {
  /** Variables of the deployment besides the sandbox's own. */
  env?: Record<string, string>;
  timeouts?: RequestTimeouts;
  sandbox?: SandboxOptions;
};

const answerShape = z.object({
  data: z.unknown().optional(),
  errors: z
    .array(z.object({ message: z.string(), extensions: z.record(z.string(), z.unknown()).default({}) }))
    .default([]),
});

/** What came back over HTTP; `json` is null where the body is no GraphQL answer. */
export type Reply = {
  status: number;
  headers: Headers;
  body: string;
  json: z.infer<typeof answerShape> | null;
  milliseconds: number;
};

export type GuardedGraph = {
  readonly url: string;
  readonly sandbox: Sandbox;
  readonly log: string[];
  /** As fetch does it. */
  send(init: RequestInit, address?: string): Promise<Reply>;
  /** An ordinary POST. */
  ask(query: unknown, variables?: unknown, headers?: Record<string, string>): Promise<Reply>;
  /** Requests to the upstreams so far, those for tokens and those that a process begins with included. */
  upstreamRequests(): number;
  stop(): Promise<void>;
};

/** Nothing is read again while a test counts requests. */
const lasting = { CACHE_FRESH_SECONDS: '3600' };

/** The whole server in this process, in live mode over emulated upstreams, with the access that `env` asks for. */
export async function startGuarded({
  env = {},
  timeouts,
  sandbox: options,
}: GuardedOptions = {}): Promise<GuardedGraph> {
  const sandbox = await startSandbox({ company: createCompany({ people: 200 }), luccaRateLimit: null, ...options });
  const config = readConfig({ ...sandbox.env, LUCCA_RATE_LIMIT: '1000000/1', ...lasting, ...deployment, ...env });
  keepSecrets({ ...sandbox.env, ...env });
  const log: string[] = [];
  const write = (line: string) => {
    log.push(line);
    keepEvidence('log of the server', line);
  };
  const logger = createLogger('trace', { write });
  const { graph, firstReadings, close } = await createConfiguredGraph(config, logger, sandbox.showcaseEmail);
  await firstReadings;
  const server = await listen(graph, { host: '127.0.0.1', port: 0 }, timeouts);

  const send = async (init: RequestInit, address = server.url): Promise<Reply> => {
    const startedAt = performance.now();
    const response = await fetch(address, init);
    const body = await response.text();
    const milliseconds = performance.now() - startedAt;
    const json = graphqlAnswerIn(body);
    keepErrors(json);
    keepEvidence('headers of an answer', JSON.stringify([...response.headers]));
    return { status: response.status, headers: response.headers, body, json, milliseconds };
  };

  return {
    url: server.url,
    sandbox,
    log,
    send,
    ask: (query, variables, headers = {}) =>
      send({
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ query, variables }),
      }),
    upstreamRequests: () =>
      sandbox.lucca.requests.length + sandbox.ctrlHub.requests.length + sandbox.naver.requests.length,
    stop: async () => {
      await server.stop({ graceMs: 0 });
      await close();
      await sandbox.close();
    },
  };
}

function graphqlAnswerIn(body: string): Reply['json'] {
  try {
    return answerShape.parse(JSON.parse(body));
  } catch {
    return null;
  }
}

export const honest = '{ upstreams { upstream } employees(first: 1) { nodes { id } } }';

export type Refusal = { status: number; code: string; message?: RegExp; details?: Record<string, unknown> };

/**
 * Sends an attack, and expects the one refusal for it, no request to any upstream, and that the next honest request is
 * answered. Prints how long the refusal took.
 */
export async function expectRefusal(
  graph: GuardedGraph,
  name: string,
  attack: () => Promise<Reply>,
  { status, code, message = /./, details = {} }: Refusal,
  honestHeaders: Record<string, string> = {},
): Promise<Reply> {
  const before = graph.upstreamRequests();
  const reply = await attack();
  process.stdout.write(`refused in ${reply.milliseconds.toFixed(1).padStart(7)} ms: ${name}\n`);
  expect(graph.upstreamRequests()).toBe(before);
  expect({ status: reply.status, errors: reply.json?.errors, data: reply.json?.data }).toEqual({
    status,
    errors: [{ message: expect.stringMatching(message), extensions: { code, ...details } }],
    data: undefined,
  });
  const next = await graph.ask(honest, undefined, honestHeaders);
  expect({ status: next.status, errors: next.json?.errors }).toEqual({ status: 200, errors: [] });
  return reply;
}
