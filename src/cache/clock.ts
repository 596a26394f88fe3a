import { now } from '../domain/now.ts';

/** Time as the cache sees it: a test passes a clock that it can move. */
export type Clock = {
  /** See `now` in src/domain. */
  now(): number;
  /** Calls `run` after so many milliseconds, never earlier, once. Returns how to stop that. A process may end meanwhile. */
  after(ms: number, run: () => void): () => void;
};

/** Timers of more than 24 days would fire at once. */
const longestTimerMs = 2 ** 31 - 1;

export const systemClock: Clock = {
  now,
  after: (ms, run) => {
    const until = now() + ms;
    let timer: NodeJS.Timeout;
    // Node counts from the beginning of the turn, so a timer may fire early: whoever compares times would do nothing then.
    const arm = () => {
      const rest = Math.min(Math.max(Math.ceil(until - now()), 0), longestTimerMs);
      timer = setTimeout(() => (now() < until ? arm() : run()), rest).unref();
    };
    arm();
    return () => clearTimeout(timer);
  },
};
