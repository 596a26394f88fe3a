import { now } from '../domain/now.ts';
import type { Upstream } from '../domain/upstream.ts';
import { directoryStatusOf } from '../loaders/directory-status.ts';
import { peopleListsOf } from '../loaders/list-names.ts';
import type { UpstreamData } from '../loaders/upstream-data.ts';
import type { Upstreams } from '../upstreams/upstreams.ts';

/** The data that a process can serve, for `/readyz`. */
export type Readiness = {
  /** Every list of people was read once, or restored from a copy. */
  hasDirectory: boolean;
  /** Absent without REDIS_URL. While Redis is away, this process serves alone. */
  redis?: 'UP' | 'AWAY';
  /** The configured upstreams. */
  upstreams: Partial<Record<Upstream, UpstreamReadiness>>;
};

type UpstreamReadiness = {
  state: 'UP' | 'DEGRADED' | 'DOWN';
  directory: {
    isComplete: boolean;
    /** Time since the read of the oldest list began; null until the directory is complete. */
    ageSeconds: number | null;
    people: number;
    expected: number | null;
  };
};

/** Sends no request and names no person: probes need no credential. */
export function readinessOf(data: UpstreamData, upstreams: Upstreams): Readiness {
  const entries = data.configured.map((upstream) => {
    const lists = peopleListsOf(upstream).map((name) => data.lists[name]?.current ?? null);
    const times = lists.flatMap((list) => (list === null ? [] : [list.asOf]));
    const isComplete = times.length === lists.length;
    const status = directoryStatusOf(data, upstream);
    const readiness: UpstreamReadiness = {
      state: upstreams.monitor(upstream)?.health ?? 'UP',
      directory: {
        isComplete,
        ageSeconds: isComplete ? Math.max(0, Math.floor((now() - Math.min(...times)) / 1000)) : null,
        people: status?.people ?? 0,
        expected: status?.expected ?? null,
      },
    };
    return [upstream, readiness] as const;
  });
  return {
    hasDirectory: entries.every(([, { directory }]) => directory.isComplete),
    upstreams: Object.fromEntries(entries),
  };
}
