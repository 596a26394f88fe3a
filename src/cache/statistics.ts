/** How reads of a list were answered since the start of the process. */
export type CacheCounts = {
  /** From a fresh list. */
  hits: number;
  /** From a list past its fresh window. */
  staleHits: number;
  /** Together with a reading that was in flight. */
  shared: number;
  /** By asking the upstream. */
  misses: number;
};
