import type { Upstream } from '../domain/upstream.ts';

/** How reads of one upstream were answered since the start. */
export type MemoryCounts = {
  /** From a fresh answer. */
  hits: number;
  /** From an answer past its fresh window. */
  staleHits: number;
  /** Together with another read of the same that was under way. */
  shared: number;
  /** By asking the upstream. */
  misses: number;
};

export type MemoryStatistics = {
  count(upstream: Upstream, outcome: keyof MemoryCounts): void;
  /** `entries`: answers that are kept at the moment. */
  of(upstream: Upstream): MemoryCounts & { entries: number };
};

const none = (): MemoryCounts => ({ hits: 0, staleHits: 0, shared: 0, misses: 0 });

/** `kept` names the upstream of each answer that is kept. */
export function createMemoryStatistics(kept: () => readonly Upstream[]): MemoryStatistics {
  const counts: Record<Upstream, MemoryCounts> = { LUCCA: none(), NAVER: none(), CTRL_HUB: none() };
  return {
    count: (upstream, outcome) => {
      counts[upstream][outcome] += 1;
    },
    of: (upstream) => ({ ...counts[upstream], entries: kept().filter((it) => it === upstream).length }),
  };
}
