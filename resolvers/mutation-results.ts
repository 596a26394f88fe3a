import type { Scope } from '../src/domain/scopes.ts';
import { type Upstream, upstreamName } from '../src/domain/upstream.ts';
import type { UpstreamError } from '../src/errors.ts';

/** `path` is the path from the input to the invalid member. */
export type FieldError = { path: readonly string[]; message: string };

export type InvalidInputError = { __typename: 'InvalidInputError'; message: string; fields: readonly FieldError[] };
export type ForbiddenError = { __typename: 'ForbiddenError'; message: string };
export type NotFoundError = { __typename: 'NotFoundError'; message: string };
export type AlreadyExistsError = { __typename: 'AlreadyExistsError'; message: string; field: string };
export type VersionConflictError = { __typename: 'VersionConflictError'; message: string; currentVersion: string };
export type InUseError = { __typename: 'InUseError'; message: string; employeeCount: number };
export type UpstreamRejectedError = {
  __typename: 'UpstreamRejectedError';
  message: string;
  upstream: Upstream;
  code: string | null;
};
export type UpstreamUnavailableError = {
  __typename: 'UpstreamUnavailableError';
  message: string;
  upstream: Upstream;
  retryAfterSeconds: number | null;
};

/** Errors that every mutation can return. */
export type CommonError = InvalidInputError | ForbiddenError | UpstreamRejectedError | UpstreamUnavailableError;

export const invalidInput = (fields: readonly FieldError[]): InvalidInputError => ({
  __typename: 'InvalidInputError',
  message: `The input cannot be used: ${fields.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')}`,
  fields,
});

export const missingScope = (scope: Scope): ForbiddenError => ({
  __typename: 'ForbiddenError',
  message: `This requires the scope ${scope}.`,
});

export const notFound = (message: string): NotFoundError => ({ __typename: 'NotFoundError', message });

export const alreadyExists = (field: string, message: string): AlreadyExistsError => ({
  __typename: 'AlreadyExistsError',
  message,
  field,
});

/**
 * Distinguishes an upstream that refuses from one that is unavailable: it did not respond, its rate limit is used up,
 * or it is not configured.
 */
export function upstreamFailure(error: UpstreamError): UpstreamRejectedError | UpstreamUnavailableError {
  const { upstream, status, vendorCode, retryAfterSeconds } = error;
  const message = `${upstreamName(upstream)}: ${error.message}`;
  const isRefused =
    error.code === 'UPSTREAM_AUTH_FAILED' ||
    (error.code === 'UPSTREAM_INVALID_RESPONSE' && status !== undefined && status >= 400 && status < 500);
  if (!isRefused)
    return { __typename: 'UpstreamUnavailableError', message, upstream, retryAfterSeconds: retryAfterSeconds ?? null };
  return { __typename: 'UpstreamRejectedError', message, upstream, code: vendorCode ?? status?.toString() ?? null };
}
