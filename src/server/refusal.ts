import { GraphQLError } from 'graphql';
import type { ErrorCode } from '../errors.ts';

export type RefusalOptions = {
  code: ErrorCode;
  /** HTTP status. `isRequestError`: 200 instead for clients that accept application/json alone (GraphQL over HTTP). */
  status: number;
  isRequestError?: boolean;
  headers?: Record<string, string>;
  /** More of the error's extensions. */
  details?: Record<string, unknown>;
};

/** A request that is turned away before anything is done for it. Yoga takes the status and the headers from `http`. */
export function refusal(message: string, options: RefusalOptions): GraphQLError {
  const { code, status, isRequestError = false, headers = {}, details = {} } = options;
  return new GraphQLError(message, {
    extensions: { code, ...details, http: { status, headers, ...(isRequestError ? { spec: true } : {}) } },
  });
}
