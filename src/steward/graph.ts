import { setTimeout as delay } from 'node:timers/promises';
import {
  type Answer,
  createHrGraphClient,
  type GraphError,
  graphErrorsOf,
  type HrGraphClient,
} from '../client/client.ts';
import { ConfigError } from '../config/config-error.ts';
import { loadEnvFile } from '../config/env-file.ts';
import { Environment } from '../config/environment.ts';
import { readGraphAddress } from '../config/graph-address.ts';
import { now } from '../domain/now.ts';
import { reach } from './reach.ts';

/** What a program for the steward asks: a running server, or a graph of its own over the same upstreams. */
export type Graph = {
  client: HrGraphClient;
  /** Why an upstream has failed, beyond what answers say. */
  reason(): string;
  close(): Promise<void>;
};

/** A big company's directory takes minutes at its allowance. After this long something else must be wrong. */
const patienceMs = 30 * 60_000;

/**
 * The server at HR_GRAPH_URL, which has read everybody already: nothing is asked of an upstream. Without that variable a
 * graph of this process reads the upstreams once, by the credentials of the environment.
 */
async function openGraph(): Promise<Graph> {
  loadEnvFile(process.env);
  const env = new Environment(process.env);
  const address = readGraphAddress(env);
  if (env.problems.length > 0) throw new ConfigError(env.problems);
  if (address === null) {
    const own = await (await import('./own-graph.ts')).openOwnGraph();
    const client = createHrGraphClient({ url: 'http://own/graphql', fetch: own.fetch, persistedOperations: false });
    return { ...own, client };
  }
  const headers = address.token === null ? {} : { authorization: `Bearer ${address.token}` };
  return {
    client: createHrGraphClient({ url: address.url, headers, fetch: reach }),
    reason: () => '',
    close: async () => undefined,
  };
}

/**
 * Runs a program to its end, by what it was told in its arguments. What goes wrong is one line on standard error, and exit
 * code 1.
 */
export async function runWithGraph<Told>(
  what: string,
  read: (args: readonly string[]) => Told,
  run: (graph: Graph, told: Told) => Promise<void>,
): Promise<void> {
  try {
    const told = read(process.argv.slice(2));
    const graph = await openGraph();
    await run(graph, told).finally(() => graph.close());
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    process.stderr.write(`${what} could not be made: ${reason}\n`);
    process.exitCode = 1;
  }
}

/** What follows from data of Lucca's that is not there, or from a conflict, which is a finding: the field is null. */
const tolerated = ['CONFLICT', 'UPSTREAM_NOT_CONFIGURED'];

type Page<Node> = { nodes: Node[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } };

/** All pages of a list, one after another. Waits where a directory is still being read, and says so on standard error. */
export async function allPages<Result, Node>(
  { reason }: Graph,
  ask: (after: string | null) => Promise<Answer<Result>>,
  pageOf: (data: Result) => Page<Node> | null,
): Promise<Node[]> {
  const giveUpAt = now() + patienceMs;
  const nodes: Node[] = [];
  for (let after: string | null = null; ; ) {
    const { data, errors }: Outcome<Result> = await outcomeOf(ask(after));
    const failure = errors.find(({ code }) => !tolerated.includes(code));
    const seconds = failure && 'retryAfterSeconds' in failure ? failure.retryAfterSeconds : undefined;
    // Refused credentials are not waited for: somebody has to correct them.
    const isWaitedFor = failure?.code !== 'UPSTREAM_AUTH_FAILED';
    if (failure !== undefined && seconds !== undefined && isWaitedFor && now() < giveUpAt) {
      process.stderr.write(`${failure.message} ${reason()} Asking again in ${seconds} s.\n`);
      await delay(seconds * 1000);
      continue;
    }
    const page: Page<Node> | null = data === null ? null : pageOf(data);
    if (failure !== undefined || page === null)
      throw new Error(failure === undefined ? 'no answer' : `${failure.message} ${reason()}`.trim());
    nodes.push(...page.nodes);
    after = page.pageInfo.endCursor;
    if (!page.pageInfo.hasNextPage) return nodes;
  }
}

type Outcome<Result> = { data: Result | null; errors: GraphError[] };

/** Throws what is no answer of a server. */
async function outcomeOf<Result>(asked: Promise<Answer<Result>>): Promise<Outcome<Result>> {
  try {
    const answer = await asked;
    return { data: answer.data, errors: graphErrorsOf(answer) };
  } catch (thrown) {
    const errors = graphErrorsOf(thrown);
    if (errors.length === 0) throw thrown;
    return { data: null, errors };
  }
}
