import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * Runs background work outside of the async context of the request that happens to start it: the work outlives the
 * request, so its log lines, spans and deadlines are not the request's. The context is that of the process's start, when
 * this module is loaded.
 */
export const detached: <Result>(run: () => Result) => Result = AsyncLocalStorage.snapshot();
