/** How requests for a list were served since the process started. */
export type CacheCounts = {
  /** Served from a fresh list. */
  hits: number;
  /** Served from a stale list. */
  staleHits: number;
  /** Coalesced with a reading in flight. */
  shared: number;
  /** Served by a new reading of the upstream. */
  misses: number;
};
