/** How long what has expired may lie. */
const pauseMs = 10_000;

/**
 * To be called whenever something is kept: lru-cache leaves what has expired where it is until somebody asks for it or
 * the room is needed, and a server whose callers ask about other people every day would only ever grow.
 */
export function purging(cache: { purgeStale(): boolean }): () => void {
  let next = 0;
  return () => {
    const now = Date.now();
    if (now < next) return;
    next = now + pauseMs;
    cache.purgeStale();
  };
}
