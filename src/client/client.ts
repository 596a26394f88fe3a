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
  /** The address of the endpoint, with its origin: `https://hr-graph.example/graphql`. */
  url: string;
  /** Sent with every request, such as `authorization`. A function is called for each request, for tokens that expire. */
  headers?: Record<string, string> | (() => Record<string, string> | Promise<Record<string, string>>);
  /** Default: the platform's fetch. Set it to add tracing or an HTTP agent. */
  fetch?: typeof fetch;
  /** How often a query is retried after a temporary failure of the network or the server; default: twice. */
  retries?: number;
  /** The time limit of a call, including retries and waits; default: none. A call can override it. */
  timeoutMs?: number;
  /** false: the client sends texts, never ids. For a gateway in between that rejects ids. */
  persistedOperations?: boolean;
};

export type HrGraphClient = Sdk & {
  /** Runs your own operation, typed by its document. */
  request<Result, Variables>(
    document: TypedDocument<Result, Variables>,
    ...args: Args<Variables>
  ): Promise<Answer<Result>>;
};

/**
 * Creates a typed client of hr-graph. It has one method per operation in `operations/`, with typed variables and responses,
 * and `request` for other operations. It runs in browsers and in Node.
 *
 * ```ts
 * const hrGraph = createHrGraphClient({ url: 'http://localhost:4000/graphql', timeoutMs: 10_000 });
 * const { data, errors } = await hrGraph.personByEmail({ email: 'somebody@example.com' }, { signal });
 * ```
 *
 * A method resolves to `{ data, errors?, extensions?, status, headers }`. If an upstream fails, its fields are null in `data`,
 * each has an entry in `errors`, and the rest of `data` is valid. A null means "there is none" only if no error has its path.
 * `graphErrorsOf` returns the errors by code, `freshnessOf` the age of the data by upstream. A mutation returns a union:
 * `__typename` distinguishes the written object from an error.
 *
 * A method throws a ClientError if the operation did not run: the input was invalid, the caller was not authenticated, or
 * something else responded at the address. Without a response it throws the error of `fetch`, and after an abort the reason of
 * the signal. Creating a client throws a TypeError if the address is not absolute.
 */
export function createHrGraphClient(options: HrGraphClientOptions): HrGraphClient {
  const { headers = {}, fetch: given, retries = 2, persistedOperations = true, timeoutMs = null } = options;
  const call = createCall({
    url: endpointOf(options.url),
    // Looked up at each call, because tests and service workers replace it. A browser's fetch must be called without `this`.
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
