import { AsyncLocalStorage } from 'node:async_hooks';

/** A read takes as many requests as it takes; from here on it stands back behind reads that people wait for. */
const requestsInForeground = 5;

const scope = new AsyncLocalStorage<{ requests: number }>();

/** Runs one read of an upstream, so that its requests are counted together. */
export const asOneRead = <T>(read: () => Promise<T>): Promise<T> => scope.run({ requests: 0 }, read);

/** Counts a request of the current read. True once the read has become a long one. */
export function countsAsBackground(): boolean {
  const read = scope.getStore();
  if (read === undefined) return false;
  read.requests += 1;
  return read.requests > requestsInForeground;
}
