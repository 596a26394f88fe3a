import type { GraphQLError } from 'graphql';
import { refusal } from '../refusal.ts';

const challenge = 'Bearer realm="hr-graph"';

/** 401 with a challenge (RFC 6750, section 3): without an error if no credential was sent, else with the problem. */
export function unauthenticated(problem: string | null): GraphQLError {
  const message = problem ?? 'Send a credential: `Authorization: Bearer …`.';
  return refusal(message, {
    code: 'UNAUTHENTICATED',
    status: 401,
    headers: {
      'WWW-Authenticate':
        problem === null ? challenge : `${challenge}, error="invalid_token", error_description="${problem}"`,
    },
  });
}

/** For a time in which no token can be checked, which is not the caller's fault. */
export function authenticationUnavailable(retryAfterSeconds: number): GraphQLError {
  return refusal('The keys for checking tokens are unavailable at the moment.', {
    code: 'UNAUTHENTICATED',
    status: 503,
    headers: { 'Retry-After': String(retryAfterSeconds) },
    details: { retryAfterSeconds },
  });
}
