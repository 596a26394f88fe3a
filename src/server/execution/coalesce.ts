import { SharedRead } from '../../http/shared-read.ts';

/**
 * Coalesces calls with the same key while one is running. Callers share its result or failure; nothing is cached. If all
 * callers cancel, the run is cancelled.
 */
export function createCoalescing<T>(): (key: string, operation: string, start: () => Promise<T>) => Promise<T> {
  const running = new Map<string, SharedRead<T>>();
  return (key, operation, start) => {
    const earlier = running.get(key);
    if (earlier !== undefined && !earlier.isCancelled) return earlier.join();
    const started = new SharedRead({ operation, priority: 'interactive' }, start);
    running.set(key, started);
    const end = () => running.get(key) === started && running.delete(key);
    started.result.then(end, end);
    return started.join();
  };
}
