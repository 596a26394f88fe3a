import type { GraphQLFormattedError } from 'graphql';

export type ClientErrorResponse = {
  /** The HTTP status. */
  status: number;
  headers: Headers;
  /** The address that responded, after redirects. */
  url: string;
  /** Why the operation did not run; empty if the response is not from a GraphQL server. */
  errors: readonly GraphQLFormattedError[];
};

/**
 * A response without data. `reason`: the server refused the operation (`REFUSED`), or the response is not from a GraphQL
 * server (`NOT_GRAPHQL`), such as the sign-in page of a gateway. Not thrown if there was no response. The message contains no
 * variables.
 */
export class ClientError extends Error {
  override readonly name = 'ClientError';
  readonly reason: 'REFUSED' | 'NOT_GRAPHQL';
  readonly response: ClientErrorResponse;

  constructor(reason: 'REFUSED' | 'NOT_GRAPHQL', response: ClientErrorResponse, operation: string | null) {
    super(`${operation ?? 'The operation'}: ${describe(reason, response)}`);
    this.reason = reason;
    this.response = response;
  }
}

function describe(reason: ClientError['reason'], { status, headers, errors }: ClientErrorResponse): string {
  if (reason === 'REFUSED') return errors[0]?.message ?? `refused with ${status}`;
  const type = headers.get('content-type')?.split(';')[0] ?? 'nothing';
  const page = type === 'text/html' ? ', perhaps the page of a sign-in or of a gateway' : '';
  return `expected a GraphQL response, got HTTP ${status} with ${type}${page}.`;
}
