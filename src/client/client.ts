import { ClientError, GraphQLClient, type ResponseMiddleware } from 'graphql-request';
import { getSdk, type Sdk } from './generated/sdk.ts';
import { sendingIds } from './persisted.ts';
import { retryingQueries } from './retry.ts';

// biome-ignore lint/performance/noBarrelFile: the one entrance of the package that front ends install.
export { ClientError } from 'graphql-request';
export type * from './generated/sdk.ts';
export { type ErrorCode, type GraphError, graphErrorsOf, type UpstreamErrorCode } from './graph-errors.ts';

export type HrGraphClientOptions = {
  /** Of the endpoint, with its origin: `https://hr-graph.example/graphql`. */
  url: string;
  /** Sent with every request, `authorization` for one. A function is asked anew each time: for tokens that expire. */
  headers?: Record<string, string> | (() => Record<string, string>);
  /** The platform's own unless given: to add a deadline, tracing or an HTTP agent. */
  fetch?: typeof fetch;
  /** How often a query is repeated when the network or the server fails for a moment: twice unless given. */
  retries?: number;
  /** false: the text of an operation is sent, never its id. For a gateway in between that refuses ids. */
  persistedOperations?: boolean;
};

/**
 * A typed client of hr-graph: one method per operation in `operations/`, whose variables and answer are typed by it. It
 * runs in browsers and in Node.
 *
 * ```ts
 * const hrGraph = createHrGraphClient({ url: 'http://localhost:4000/graphql' });
 * const { data, errors } = await hrGraph.personByEmail({ email: 'somebody@example.com' });
 * ```
 *
 * A method resolves to `{ data, errors?, extensions?, status, headers }`. Where an upstream fails, its fields are null in
 * `data` and each has an entry in `errors`; the rest of `data` is good. So a null means "there is none" only where no error
 * has its path. `graphErrorsOf` gives the errors of an answer by their codes. What a mutation answers is a union: its
 * `__typename` tells what was written from why nothing was.
 *
 * Throws graphql-request's ClientError when the operation did not run: the input was wrong, the caller is not let in,
 * something else answers at the address. `response.status` and `graphErrorsOf(error)` say why. Its message may repeat the
 * variables and the answer: log it only where people's data may go. Throws what `fetch` throws when there is no answer.
 */
export function createHrGraphClient(options: HrGraphClientOptions): Sdk {
  const { url, retries = 2, persistedOperations = true, fetch: send = globalThis.fetch, ...others } = options;
  const client = new GraphQLClient(url, {
    ...others,
    fetch: persistedOperations ? sendingIds(send) : send,
    errorPolicy: 'all',
    responseMiddleware: throwWithoutData,
  });
  return getSdk(client, retryingQueries(retries));
}

/** Keeps the promise of the generated types, whose `data` is never null. */
const throwWithoutData: ResponseMiddleware = (response, { operationName = '' }) => {
  if (response instanceof Error || response.data != null) return;
  throw new ClientError({ ...response, data: null }, { query: operationName });
};
