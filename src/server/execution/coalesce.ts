import { SharedRead } from '../../http/shared-read.ts';

/**
 * An operation that has run for longer is not joined: it ends at the deadline of its first caller, and a later caller
 * would lose more of its own time.
 */
const joinableMs = 1_000;

/**
 * Coalesces calls with the same key while one is running. Callers share its result or failure; nothing is cached. If all
 * callers cancel, the run is cancelled.
 */
export function createCoalescing<T>(): (key: string, start: () => Promise<T>) => Promise<T> {
  const running = new Map<string, { read: SharedRead<T>; startedAt: number }>();
  return (key, start) => {
    const startedAt = performance.now();
    const earlier = running.get(key);
    const isJoinable = earlier !== undefined && startedAt - earlier.startedAt < joinableMs;
    if (isJoinable && !earlier.read.isCancelled) return earlier.read.join();
    const read = new SharedRead({ operation: 'execution', priority: 'interactive' }, start);
    const started = { read, startedAt };
    running.set(key, started);
    const end = () => running.get(key) === started && running.delete(key);
    read.result.then(end, end);
    return read.join();
  };
}
