import { type Args, createCall } from './call.ts';
import { type Sdk, sdkOf } from './generated/sdk.ts';
import { operationOf, type TypedDocument } from './operation.ts';
import type { Answer } from './send.ts';

export type { CallOptions } from './call.ts';
// biome-ignore lint/performance/noBarrelFile: the one entrance of the package that front ends install.
export { ClientError, type ClientErrorResponse } from './client-error.ts';
export { type Freshness, freshnessOf } from './freshness.ts';
export type * from './generated/sdk.ts';
export { type ErrorCode, type GraphError, graphErrorsOf, type UpstreamErrorCode } from './graph-errors.ts';
export type { TypedDocument } from './operation.ts';
export type { Answer } from './send.ts';

export type HrGraphClientOptions = {
  /** Of the endpoint, with its origin: `https://hr-graph.example/graphql`. */
  url: string;
  /** Sent with every request, `authorization` for one. A function is asked anew each time: for tokens that expire. */
  headers?: Record<string, string> | (() => Record<string, string> | Promise<Record<string, string>>);
  /** The platform's own unless given: to add tracing or an HTTP agent. */
  fetch?: typeof fetch;
  /** How often a query is repeated when the network or the server fails for a moment: twice unless given. */
  retries?: number;
  /** How long a call may take, repeats and waits included; as long as it takes unless given. Each call can say otherwise. */
  timeoutMs?: number;
  /** false: the text of an operation is sent, never its id. For a gateway in between that refuses ids. */
  persistedOperations?: boolean;
};

export type HrGraphClient = Sdk & {
  /** Runs an operation of the front end's own, typed by its document. */
  request<Result, Variables>(
    document: TypedDocument<Result, Variables>,
    ...args: Args<Variables>
  ): Promise<Answer<Result>>;
};

/**
 * A typed client of hr-graph: one method per operation in `operations/`, whose variables and answer are typed by it, and
 * `request` for all others. It runs in browsers and in Node.
 *
 * ```ts
 * const hrGraph = createHrGraphClient({ url: 'http://localhost:4000/graphql', timeoutMs: 10_000 });
 * const { data, errors } = await hrGraph.personByEmail({ email: 'somebody@example.com' }, { signal });
 * ```
 *
 * A method resolves to `{ data, errors?, extensions?, status, headers }`. Where an upstream fails, its fields are null in
 * `data` and each has an entry in `errors`; the rest of `data` is good. So a null means "there is none" only where no error
 * has its path. `graphErrorsOf` gives the errors of an answer by their codes, `freshnessOf` how old it is by upstream. What a mutation answers is a union: its
 * `__typename` tells what was written from why nothing was.
 *
 * A method throws a ClientError when the operation did not run: the input was wrong, the caller is not let in, something
 * else answers at the address. It throws what `fetch` throws when there is no answer, and the reason of a signal that has
 * ended it. Creating a client throws a TypeError for an address that is not absolute.
 */
export function createHrGraphClient(options: HrGraphClientOptions): HrGraphClient {
  const { headers = {}, fetch: given, retries = 2, persistedOperations = true, timeoutMs = null } = options;
  const call = createCall({
    url: endpointOf(options.url),
    // Looked up at each call: tests and service workers put another in its place. A browser's own wants to be called bare.
    fetch: given ?? ((...request) => globalThis.fetch(...request)),
    headers: typeof headers === 'function' ? headers : () => headers,
    retries,
    persistedOperations,
    timeoutMs,
  });
  return { ...sdkOf(call), request: async (document, ...args) => call(operationOf(document), ...args) };
}

function endpointOf(url: string): string {
  const scheme = URL.parse(url)?.protocol;
  if (scheme === 'https:' || scheme === 'http:') return url;
  throw new TypeError(
    `hr-graph: expected the endpoint with its origin, such as https://hr-graph.example/graphql, got ${JSON.stringify(url)}. In a page: new URL('/graphql', location.href).href`,
  );
}
