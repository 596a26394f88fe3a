import { AsyncLocalStorage } from 'node:async_hooks';

/** On whose behalf a request is sent. */
export type Asker = {
  /** Turns are shared out fairly among these. */
  operation: object;
  /** Until when somebody waits for it, by `performance.now()`. */
  deadline: number;
  /** Nobody waits for it: what is remembered is read again, or a read has become a long one. */
  isBackground: boolean;
};

/** A read takes as many requests as it takes; from here on it stands back behind reads that people wait for. */
const requestsInForeground = 5;

const patienceMs = 10_000;

const operations = new AsyncLocalStorage<Pick<Asker, 'operation' | 'deadline' | 'isBackground'>>();
const reads = new AsyncLocalStorage<{ requests: number }>();

/** Runs an operation of the graph, so that its requests are known to be one caller's, who waits for so long. */
export const asOneOperation = <T>(run: () => Promise<T>): Promise<T> =>
  operations.run({ operation: {}, deadline: performance.now() + patienceMs, isBackground: false }, run);

/** Runs what nobody waits for. */
export const inBackground = <T>(run: () => Promise<T>): Promise<T> =>
  operations.run({ operation: {}, deadline: Number.POSITIVE_INFINITY, isBackground: true }, run);

/** Runs one read of an upstream, so that its requests are counted together. */
export const asOneRead = <T>(read: () => Promise<T>): Promise<T> => reads.run({ requests: 0 }, read);

/** Who is to be thanked for the request that is sent next, which is counted here. */
export function nextAsker(): Asker {
  const operation = operations.getStore() ?? {
    operation: {},
    deadline: performance.now() + patienceMs,
    isBackground: false,
  };
  const read = reads.getStore();
  if (read === undefined) return operation;
  read.requests += 1;
  const isLong = read.requests > requestsInForeground;
  return isLong ? { ...operation, deadline: Number.POSITIVE_INFINITY, isBackground: true } : operation;
}
