import type { GraphQLFormattedError } from 'graphql';
import { ClientError } from './client-error.ts';
import type { Operation } from './operation.ts';

/** Where an upstream has failed, its fields are null in `data`, and `errors` has an entry for each. */
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
 * Sends an operation once, as its id or as its text. Throws a ClientError for an answer without data, and what `fetch` throws
 * where there is none.
 */
export async function send<Result, Variables>(
  { name, id, text }: Operation<Result, Variables>,
  variables: Variables | undefined,
  { asId, ...to }: Sending & { asId: boolean },
): Promise<Answer<Result>> {
  const document = asId ? { extensions: { persistedQuery: { version: 1, sha256Hash: id } } } : { query: text };
  const response = await to.fetch(to.url, {
    method: 'POST',
    headers: {
      accept: 'application/graphql-response+json, application/json;q=0.9',
      'content-type': 'application/json',
      ...to.headers,
    },
    body: JSON.stringify({ ...document, variables, ...(name !== null && { operationName: name }) }),
    signal: to.signal,
  });
  const { status, headers, url } = response;
  const answer = parsed(await response.text());
  if (!isAnswer<Result>(answer)) throw new ClientError('NOT_GRAPHQL', { status, headers, url, errors: [] }, name);
  const { data, errors = [], extensions } = answer;
  if (data == null) throw new ClientError('REFUSED', { status, headers, url, errors }, name);
  const rest = { ...(errors.length > 0 && { errors }), ...(extensions !== undefined && { extensions }) };
  return { data, ...rest, status, headers };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

type Written<Result> = { data?: Result | null; errors?: GraphQLFormattedError[]; extensions?: unknown };

/** That `data` is of the operation's type is the promise of the server's schema. */
function isAnswer<Result>(value: unknown): value is Written<Result> {
  if (typeof value !== 'object' || value === null) return false;
  if ('errors' in value) return Array.isArray(value.errors);
  return 'data' in value && typeof value.data === 'object';
}
