/** Time as the cache sees it: a test passes a clock that it can move. */
export type Clock = {
  /** In milliseconds since 1970. It never goes back, whatever happens to the machine's clock. */
  now(): number;
  /** Calls `run` after so many milliseconds, once. Returns how to stop that. A process may end meanwhile. */
  after(ms: number, run: () => void): () => void;
};

/** Timers of more than 24 days fire at once. */
const longestTimerMs = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => performance.timeOrigin + performance.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, Math.min(Math.max(ms, 0), longestTimerMs)).unref();
    return () => clearTimeout(timer);
  },
};
