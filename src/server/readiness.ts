import { now } from '../domain/now.ts';
import type { Upstream } from '../domain/upstream.ts';
import { directoryStatusOf } from '../loaders/directory-status.ts';
import { peopleListsOf } from '../loaders/list-names.ts';
import type { UpstreamData } from '../loaders/upstream-data.ts';
import type { Upstreams } from '../upstreams/upstreams.ts';

/** What a process has to serve with. */
export type Readiness = {
  /** Every list of people was read once, or taken over from a copy. */
  hasDirectory: boolean;
  /** Absent without REDIS_URL. While it is away this process goes on by itself. */
  redis?: 'UP' | 'AWAY';
  /** The configured ones. */
  upstreams: Partial<Record<Upstream, UpstreamReadiness>>;
};

export type UpstreamReadiness = {
  state: 'UP' | 'DEGRADED' | 'DOWN';
  directory: {
    isComplete: boolean;
    /** Of its oldest list, since its reading began; null until it is complete. */
    ageSeconds: number | null;
    people: number;
    expected: number | null;
  };
};

/** No request, no name of anybody: for probes, which nobody signs in for. */
export function readinessOf(data: UpstreamData, upstreams: Upstreams): Readiness {
  const entries = data.configured.map((upstream) => {
    const lists = peopleListsOf(upstream).map((name) => data.lists[name]?.current ?? null);
    const times = lists.flatMap((it) => (it === null ? [] : [it.asOf]));
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
