import { SharedRead } from '../../http/shared-read.ts';

/**
 * Runs once what is asked for several times at the same moment. Failures are shared as well, and nothing is cached. What
 * all callers have left is cancelled.
 */
export function createCoalescing<T>(): (key: string, start: () => Promise<T>) => Promise<T> {
  const running = new Map<string, SharedRead<T>>();
  return (key, start) => {
    const earlier = running.get(key);
    if (earlier !== undefined && !earlier.isCancelled) return earlier.join();
    const started = new SharedRead({ operation: 'execution', priority: 'interactive' }, start);
    running.set(key, started);
    const end = () => running.get(key) === started && running.delete(key);
    started.result.then(end, end);
    return started.join();
  };
}
