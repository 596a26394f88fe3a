import type { CacheCounts } from '../cache/statistics.ts';
import type { Upstream } from '../domain/upstream.ts';
import { listNames, upstreamOf } from './list-names.ts';
import { roughSize } from './rough-size.ts';
import type { UpstreamData } from './upstream-data.ts';

/** Cache statistics of one upstream: how requests for its lists were served since the start, and what is cached now. */
export type CacheStatus = CacheCounts & {
  /** Number of cached lists. */
  entries: number;
  /** Approximate size in memory. */
  bytes: number;
};

export function cacheStatusOf({ lists }: UpstreamData, upstream: Upstream): CacheStatus {
  const status: CacheStatus = { hits: 0, staleHits: 0, shared: 0, misses: 0, entries: 0, bytes: 0 };
  for (const name of listNames) {
    const list = lists[name];
    if (list === undefined || upstreamOf(name) !== upstream) continue;
    for (const kind of ['hits', 'staleHits', 'shared', 'misses'] as const) status[kind] += list.counts[kind];
    if (list.current === null) continue;
    status.entries += 1;
    status.bytes += Math.ceil(roughSize(list.current.value.rows));
  }
  return status;
}
