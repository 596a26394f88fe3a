import type { GraphQLFormattedError } from 'graphql';

export type ClientErrorResponse = {
  /** Of HTTP. */
  status: number;
  headers: Headers;
  /** What has answered, after redirects. */
  url: string;
  /** Why the operation did not run; empty where no GraphQL server has answered. */
  errors: readonly GraphQLFormattedError[];
};

/**
 * An answer without data. `reason`: the server refused the operation (`REFUSED`), or something else has answered in its
 * place (`NOT_GRAPHQL`), such as the page of a sign-in or of a gateway. Not thrown where no answer came. The message repeats
 * no variables.
 */
export class ClientError extends Error {
  override readonly name = 'ClientError';
  readonly reason: 'REFUSED' | 'NOT_GRAPHQL';
  readonly response: ClientErrorResponse;

  constructor(reason: 'REFUSED' | 'NOT_GRAPHQL', response: ClientErrorResponse, operation: string | null) {
    super(`${operation ?? 'The operation'}: ${toldBy(reason, response)}`);
    this.reason = reason;
    this.response = response;
  }
}

function toldBy(reason: ClientError['reason'], { status, headers, errors }: ClientErrorResponse): string {
  if (reason === 'REFUSED') return errors[0]?.message ?? `refused with ${status}`;
  const type = headers.get('content-type')?.split(';')[0] ?? 'nothing';
  const page = type === 'text/html' ? ', perhaps the page of a sign-in or of a gateway' : '';
  return `expected an answer of GraphQL, got HTTP ${status} with ${type}${page}.`;
}
