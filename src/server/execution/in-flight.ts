/** Does once what is asked for several times at the same moment. Failures are shared as well, and nothing is kept. */
export function createInFlight<T>(): (key: string, start: () => Promise<T>) => Promise<T> {
  const running = new Map<string, Promise<T>>();
  return (key, start) => {
    const earlier = running.get(key);
    if (earlier !== undefined) return earlier;
    const started = start().finally(() => running.delete(key));
    running.set(key, started);
    return started;
  };
}
