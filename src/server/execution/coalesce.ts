import { SharedRead } from '../../http/shared-read.ts';

/**
 * An operation that has run for longer is not joined: its deadline is that of its first caller, and another caller has
 * nearly all of its own time.
 */
const joinableMs = 1_000;

/**
 * Runs once what is asked for several times at the same moment. Failures are shared as well, and nothing is cached. What
 * all callers have left is cancelled.
 */
export function createCoalescing<T>(): (key: string, operation: string, start: () => Promise<T>) => Promise<T> {
  const running = new Map<string, { read: SharedRead<T>; startedAt: number }>();
  return (key, operation, start) => {
    const startedAt = performance.now();
    const earlier = running.get(key);
    const isJoinable = earlier !== undefined && startedAt - earlier.startedAt < joinableMs;
    if (isJoinable && !earlier.read.isCancelled) return earlier.read.join();
    const read = new SharedRead({ operation, priority: 'interactive' }, start);
    const started = { read, startedAt };
    running.set(key, started);
    const end = () => running.get(key) === started && running.delete(key);
    read.result.then(end, end);
    return read.join();
  };
}
