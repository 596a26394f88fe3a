import { ClientError, GraphQLClient, type ResponseMiddleware } from 'graphql-request';
import { getSdk, type Sdk } from './generated/sdk.ts';

export type HrGraphClientOptions = {
  /** Of the endpoint: `https://hr-graph.example/graphql`. */
  url: string;
  /** Sent with every request, `authorization` for one. A function is asked anew each time: for tokens that expire. */
  headers?: Record<string, string> | (() => Record<string, string>);
  /** The platform's own unless given: to add a deadline, tracing or an HTTP agent. */
  fetch?: typeof fetch;
};

/**
 * A typed client of hr-graph: one method per operation in `operations/`, whose variables and answer are typed by it.
 *
 * ```ts
 * const hrGraph = createHrGraphClient({ url: 'http://localhost:4000/graphql' });
 * const { data, errors } = await hrGraph.personByEmail({ email: 'somebody@example.com' });
 * ```
 *
 * A method resolves to `{ data, errors?, extensions?, status, headers }`. Where an upstream fails, its fields are null in
 * `data` and each has an entry in `errors`, with its `path` and `extensions: { code, upstream, retryAfterSeconds?,
 * traceId? }`; the rest of `data` is good. So a null means "there is none" only where no error has its path.
 *
 * Throws graphql-request's ClientError when the operation did not run: the input was wrong, the caller is not let in,
 * something else answers at the address. `response.status` and `response.errors` say why. Its message may repeat the
 * variables and the answer: log it only where people's data may go. Throws what `fetch` throws when there is no answer.
 */
export function createHrGraphClient({ url, ...options }: HrGraphClientOptions): Sdk {
  return getSdk(new GraphQLClient(url, { ...options, errorPolicy: 'all', responseMiddleware: throwWithoutData }));
}

/** Keeps the promise of the generated types, whose `data` is never null. */
const throwWithoutData: ResponseMiddleware = (response, { operationName = '' }) => {
  if (response instanceof Error || response.data != null) return;
  throw new ClientError({ ...response, data: null }, { query: operationName });
};
