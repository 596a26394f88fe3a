/** A step that several checks need: it is taken when the first of them needs it, and once, whether it succeeds or fails. */
export function once<T>(take: () => Promise<T>): () => Promise<T> {
  let taken: Promise<T> | null = null;
  return () => {
    taken ??= take();
    return taken;
  };
}
