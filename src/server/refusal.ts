import { GraphQLError } from 'graphql';
import type { ErrorCode } from '../errors.ts';

export type RefusalOptions = {
  code: ErrorCode;
  /** HTTP status. With `isRequestError`, clients that accept only application/json get 200 (GraphQL over HTTP). */
  status: number;
  isRequestError?: boolean;
  headers?: Record<string, string>;
  /** Further extensions of the error. */
  details?: Record<string, unknown>;
};

/** The error for a request that is rejected before it runs. Yoga reads the status and the headers from `http`. */
export function refusal(message: string, options: RefusalOptions): GraphQLError {
  const { code, status, isRequestError = false, headers = {}, details = {} } = options;
  return new GraphQLError(message, {
    extensions: { code, ...details, http: { status, headers, ...(isRequestError ? { spec: true } : {}) } },
  });
}
