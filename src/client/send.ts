import type { GraphQLError, GraphQLFormattedError } from 'graphql';
import { GraphQLClient } from 'graphql-request';
import { ClientError } from './client-error.ts';
import type { Operation } from './operation.ts';

/** A response. If an upstream failed, its fields are null in `data`, and each has an entry in `errors`. */
export type Answer<Result> = {
  data: Result;
  errors?: GraphQLFormattedError[];
  extensions?: unknown;
  status: number;
  headers: Headers;
};

export type Sending = {
  url: string;
  fetch: typeof fetch;
  headers: Record<string, string>;
  signal: AbortSignal | null;
};

/**
 * Sends an operation once, by its id or as its text. Throws a ClientError for a response without data, and the error of
 * `fetch` if there is no response.
 */
export async function send<Result, Variables>(
  { name, id, text }: Operation<Result, Variables>,
  variables: Variables | undefined,
  { asId, url, headers, signal, fetch: given }: Sending & { asId: boolean },
): Promise<Answer<Result>> {
  let received: Response | null = null;
  let copy: Response | null = null;
  const client = new GraphQLClient(url, {
    headers: { accept: 'application/graphql-response+json, application/json;q=0.9', ...headers },
    errorPolicy: 'all',
    fetch: async (address: RequestInfo | URL, init?: RequestInit) => {
      received = await given(address, asId ? { ...init, body: withId(init?.body, id) } : init);
      copy = received.clone();
      return received;
    },
    ...(signal !== null && { signal }),
  });
  const refused = (errors: readonly GraphQLFormattedError[]): ClientError =>
    received === null || errors.length === 0
      ? new ClientError('NOT_GRAPHQL', responseOf(received, url, []), name)
      : new ClientError('REFUSED', responseOf(received, url, errors), name);
  try {
    const answer = await client.rawRequest<Result, object>(text, variables as object | undefined);
    const { data, extensions, status, headers: responseHeaders } = answer;
    const errors = formatted(answer.errors);
    if (typeof data !== 'object' || data === null || Array.isArray(data)) throw refused(errors);
    const rest = { ...(errors.length > 0 && { errors }), ...(extensions !== undefined && { extensions }) };
    return { data, ...rest, status, headers: responseHeaders };
  } catch (error) {
    if (error instanceof ClientError || received === null) throw error;
    signal?.throwIfAborted();
    // Replaces graphql-request's own error, which contains the variables and lacks the reason of a refusal.
    throw refused(await errorsIn(copy));
  }
}

/** Plain errors with their type in a response: graphql-request declares them with the server's type. */
const formatted = (errors: readonly GraphQLFormattedError[] | readonly GraphQLError[] = []): GraphQLFormattedError[] =>
  errors.map(({ message, path, locations, extensions }) => ({
    message,
    ...(path !== undefined && { path }),
    ...(locations !== undefined && { locations }),
    ...(extensions !== undefined && { extensions }),
  }));

async function errorsIn(response: Response | null): Promise<readonly GraphQLFormattedError[]> {
  const answer: unknown = await response?.json().catch(() => null);
  const isAnswer = typeof answer === 'object' && answer !== null && 'errors' in answer;
  return isAnswer && Array.isArray(answer.errors) ? formatted(answer.errors) : [];
}

const responseOf = (response: Response | null, url: string, errors: readonly GraphQLFormattedError[]) => ({
  status: response?.status ?? 0,
  headers: response?.headers ?? new Headers(),
  url: response?.url ?? url,
  errors,
});

/** The same request with the id instead of the text, as servers with persisted operations expect it. */
function withId(body: BodyInit | null | undefined, id: string | null): string {
  const { query: _, ...rest } = JSON.parse(String(body));
  return JSON.stringify({ ...rest, extensions: { persistedQuery: { version: 1, sha256Hash: id } } });
}
