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
  of(upstream: Upstream): MemoryCounts & KeptCounts;
};

/** What is kept at the moment: answers, and about how much memory they take. */
export type KeptCounts = { entries: number; bytes: number };

const none = (): MemoryCounts => ({ hits: 0, staleHits: 0, shared: 0, misses: 0 });

export function createMemoryStatistics(kept: () => readonly { upstream: Upstream; bytes: number }[]): MemoryStatistics {
  const counts: Record<Upstream, MemoryCounts> = { LUCCA: none(), NAVER: none(), CTRL_HUB: none() };
  return {
    count: (upstream, outcome) => {
      counts[upstream][outcome] += 1;
    },
    of: (upstream) => {
      const answers = kept().filter((it) => it.upstream === upstream);
      return { ...counts[upstream], entries: answers.length, bytes: answers.reduce((sum, it) => sum + it.bytes, 0) };
    },
  };
}
