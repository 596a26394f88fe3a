import type { GraphQLError } from 'graphql';
import { refusal } from '../refusal.ts';

/** `measure` names what `cost` and `limit` count. The cost may be a lower bound, because counting stops early. */
export function tooComplex(measure: string, cost: number, limit: number): GraphQLError {
  return refusal(`The operation is too large: ${cost} ${measure}; the limit is ${limit}.`, {
    code: 'QUERY_TOO_COMPLEX',
    status: 400,
    isRequestError: true,
    details: { measure, cost, limit },
  });
}
