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

/** The graph that a steward's program queries: a running server, or a graph in this process. */
export type Graph = {
  client: HrGraphClient;
  /** The reason of an upstream failure, with more detail than responses have. */
  reason(): string;
  close(): Promise<void>;
};

/** Reading a big directory takes minutes at the vendor's rate limit. After this time something else must be wrong. */
const timeoutMs = 30 * 60_000;

/**
 * Opens the server at HR_GRAPH_URL, which has read all people already, so that no upstream gets a request. Without that
 * variable, opens a graph in this process, which reads the upstreams once with the credentials of the environment.
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
    client: createHrGraphClient({ url: address.url, headers }),
    reason: () => '',
    close: async () => undefined,
  };
}

/** Runs a program with its parsed arguments. An error becomes one line on standard error, and exit code 1. */
export async function runWithGraph<Arguments>(
  what: string,
  read: (args: readonly string[]) => Arguments,
  run: (graph: Graph, parsed: Arguments) => Promise<void>,
): Promise<void> {
  try {
    const parsed = read(process.argv.slice(2));
    const graph = await openGraph();
    await run(graph, parsed).finally(() => graph.close());
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    process.stderr.write(`${what} could not be made: ${reason}\n`);
    process.exitCode = 1;
  }
}

/** With these codes the null field itself is the result: Lucca is not configured, or a link is contested. */
const tolerated = ['CONFLICT', 'UPSTREAM_NOT_CONFIGURED'];

type Page<Node> = { nodes: Node[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } };

const largestPage = 100;

/**
 * Reads all pages of a list. Waits while the directory is still being read, and says so on standard error. Requests
 * smaller pages if an answer would be too large, such as conflicts of hundreds of people.
 */
export async function allPages<Result, Node>(
  { reason }: Graph,
  ask: (page: { after: string | null; first: number }) => Promise<Answer<Result>>,
  pageOf: (data: Result) => Page<Node> | null,
): Promise<Node[]> {
  const deadline = now() + timeoutMs;
  const nodes: Node[] = [];
  for (let [after, first]: [string | null, number] = [null, largestPage]; ; ) {
    const { data, errors }: Outcome<Result> = await outcomeOf(ask({ after, first }));
    if (first > 1 && errors.some(({ code }) => code === 'QUERY_TOO_COMPLEX')) {
      first = Math.ceil(first / 4);
      continue;
    }
    const failure = errors.find(({ code }) => !tolerated.includes(code));
    const seconds = failure && 'retryAfterSeconds' in failure ? failure.retryAfterSeconds : undefined;
    if (failure !== undefined && seconds !== undefined && now() < deadline) {
      process.stderr.write(`${failure.message} ${reason()} Trying again in ${seconds} s.\n`);
      await delay(seconds * 1000);
      continue;
    }
    const page: Page<Node> | null = data === null ? null : pageOf(data);
    if (failure !== undefined || page === null)
      throw new Error(failure === undefined ? 'the response has no list' : `${failure.message} ${reason()}`.trim());
    nodes.push(...page.nodes);
    after = page.pageInfo.endCursor;
    if (!page.pageInfo.hasNextPage) return nodes;
  }
}

type Outcome<Result> = { data: Result | null; errors: GraphError[] };

/** Throws an error that is not a response of the server. */
export async function outcomeOf<Result>(response: Promise<Answer<Result>>): Promise<Outcome<Result>> {
  try {
    const received = await response;
    return { data: received.data, errors: graphErrorsOf(received) };
  } catch (thrown) {
    const errors = graphErrorsOf(thrown);
    if (errors.length === 0) throw thrown;
    return { data: null, errors };
  }
}
