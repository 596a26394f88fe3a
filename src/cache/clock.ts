import { detached } from '../domain/detached.ts';
import { now } from '../domain/now.ts';

/** The cache's source of time. A test passes a clock that it can move. */
export type Clock = {
  /** See `now` in src/domain. */
  now(): number;
  /**
   * Calls `run` once, after at least `ms` milliseconds. Returns a function that cancels the timer. The timer does not
   * keep the process alive, and `run` belongs to no request.
   */
  after(ms: number, run: () => void): () => void;
};

/** Node fires longer timers (more than 24 days) at once. */
const longestTimerMs = 2 ** 31 - 1;

export const systemClock: Clock = {
  now,
  after: (ms, run) => {
    const until = now() + ms;
    let timer: NodeJS.Timeout;
    // Node counts from the start of the event loop turn, so a timer can fire early. Its caller compares times and would
    // then do nothing.
    const arm = () => {
      const rest = Math.min(Math.max(Math.ceil(until - now()), 0), longestTimerMs);
      timer = setTimeout(() => (now() < until ? arm() : run()), rest).unref();
    };
    detached(arm);
    return () => clearTimeout(timer);
  },
};
