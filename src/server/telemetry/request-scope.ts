import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import type { RequestListener } from 'node:http';
import { currentActivity } from '../../http/request-context.ts';

/** A request that is being answered. */
export type RequestScope = {
  /** By which its caller, the gateways on its way and our logs know it. */
  readonly id: string;
  /** By `performance.now()`, in milliseconds. */
  readonly receivedAt: number;
  /** Ends the record of its operation, once; null before one has begun to run. */
  endOperation: ((errors: Readonly<Record<string, number>>) => void) | null;
  /** What traces it, where something does. */
  trace: object | null;
};

const scopes = new AsyncLocalStorage<RequestScope>();

/** UUIDs, ULIDs, and what balancers make: nothing that could be an address, or break a line of a log. */
const acceptable = /^[\w.:=+/-]{1,128}$/;

/** Gives each request an id, its caller's own where that can be one, and repeats it in the response. */
export const identified =
  (listener: RequestListener): RequestListener =>
  (request, response) => {
    const given = request.headers['x-request-id'];
    const id = typeof given === 'string' && acceptable.test(given) ? given : randomUUID();
    response.setHeader('x-request-id', id);
    scopes.run({ id, receivedAt: performance.now(), endOperation: null, trace: null }, () =>
      listener(request, response),
    );
  };

/** Null outside of any request. */
export const currentRequest = (): RequestScope | null => scopes.getStore() ?? null;

/** Of what runs now: a background read has none, even while a request waits for it. */
export function currentRequestId(): string | null {
  const activity = currentActivity();
  return activity === null ? (scopes.getStore()?.id ?? null) : activity.requestId;
}
