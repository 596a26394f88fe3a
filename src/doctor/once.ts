/** A step that several checks need: it runs once, when first needed, and all checks share its result or failure. */
export function once<T>(run: () => Promise<T>): () => Promise<T> {
  let running: Promise<T> | null = null;
  return () => {
    running ??= run();
    return running;
  };
}
