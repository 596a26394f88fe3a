export type KeyedQueue = <T>(key: string, task: () => Promise<T>) => Promise<T>;

/** Within this process, tasks of one key run one after another, and tasks of different keys side by side. */
export function createKeyedQueue(): KeyedQueue {
  const last = new Map<string, Promise<unknown>>();
  return (key, task) => {
    const run = (last.get(key) ?? Promise.resolve()).then(task);
    const settled = run.then(
      () => undefined,
      () => undefined,
    );
    last.set(key, settled);
    void settled.then(() => last.get(key) === settled && last.delete(key));
    return run;
  };
}
