import { Counter, Gauge, type Registry } from 'prom-client';
import { now } from '../../domain/now.ts';
import type { Upstream } from '../../domain/upstream.ts';
import { directoryStatusOf } from '../../loaders/directory-status.ts';
import { listNames, peopleListsOf, upstreamOf } from '../../loaders/list-names.ts';
import type { UpstreamData } from '../../loaders/upstream-data.ts';
import type { Upstreams } from '../../upstreams/upstreams.ts';

/** Whether this replica reaches Redis; undefined without Redis. */
export type RedisState = (() => 'UP' | 'AWAY') | undefined;

const circuitStates = ['CLOSED', 'HALF_OPEN', 'OPEN'] as const;

/** What holds at the moment of asking: upstreams, their lists, and who is linked. Nothing is kept for it in between. */
export function addStateMetrics(
  registry: Registry,
  data: UpstreamData,
  upstreams: Upstreams,
  redis?: RedisState,
): void {
  const gauge = (name: string, help: string, labelNames: readonly string[], collect: (gauge: Gauge) => void) =>
    new Gauge({
      name,
      help,
      labelNames,
      registers: [registry],
      collect() {
        this.reset();
        collect(this);
      },
    });

  const ofUpstreams = (name: string, help: string, figureOf: (upstream: Upstream) => number | null) =>
    gauge(name, help, ['upstream'], (it) => {
      for (const upstream of data.configured) {
        const value = figureOf(upstream);
        if (value !== null) it.set({ upstream }, value);
      }
    });

  const limitOf = (upstream: Upstream) => upstreams.monitor(upstream)?.limiter.status() ?? null;
  const health = (upstream: Upstream) => upstreams.monitor(upstream)?.health ?? 'UP';
  const directory = (upstream: Upstream) => directoryStatusOf(data, upstream);

  ofUpstreams(
    'hr_graph_upstream_up',
    'Whether the upstream answers: 1, 0.5 after a failure or two, 0.',
    (it) => ({ UP: 1, DEGRADED: 0.5, DOWN: 0 })[health(it)],
  );
  ofUpstreams(
    'hr_graph_upstream_rate_limit',
    'Requests that the upstream grants in a window; absent where unknown.',
    (it) => limitOf(it)?.limit ?? null,
  );
  ofUpstreams(
    'hr_graph_upstream_rate_limit_remaining',
    'Requests that may be sent now; absent where unknown.',
    (it) => limitOf(it)?.remaining ?? null,
  );
  ofUpstreams(
    'hr_graph_upstream_requests_waiting',
    'Requests that wait for the rate limit.',
    (it) => upstreams.monitor(it)?.limiter.waiting ?? 0,
  );
  gauge(
    'hr_graph_upstream_circuit_state',
    'The state of the circuit breaker: 1 for the one that it is in.',
    ['upstream', 'state'],
    (it) => {
      for (const upstream of data.configured) {
        const current = upstreams.monitor(upstream)?.circuit.status.state ?? 'CLOSED';
        for (const state of circuitStates) it.set({ upstream, state }, state === current ? 1 : 0);
      }
    },
  );

  ofUpstreams(
    'hr_graph_directory_people',
    'People that were read of the upstream so far.',
    (it) => directory(it)?.people ?? 0,
  );
  ofUpstreams(
    'hr_graph_directory_people_expected',
    'People as the upstream counts them; absent where it does not say.',
    (it) => directory(it)?.expected ?? null,
  );
  ofUpstreams('hr_graph_directory_complete', 'Whether all lists that people follow from were read: 1 or 0.', (it) =>
    directory(it)?.isComplete === true ? 1 : 0,
  );
  ofUpstreams(
    'hr_graph_directory_age_seconds',
    'Since the reading of the oldest list of people began; absent before.',
    (it) => {
      const times = peopleListsOf(it).flatMap((list) => data.lists[list]?.current?.asOf ?? []);
      return times.length === 0 ? null : Math.max(0, (now() - Math.min(...times)) / 1000);
    },
  );
  ofUpstreams(
    'hr_graph_identity_conflicts',
    'Groups of records and people of which some are left without a link.',
    (it) => directory(it)?.conflicts ?? 0,
  );
  gauge(
    'hr_graph_skipped_rows',
    'Rows of the current lists that could not be used.',
    ['upstream', 'resource', 'reason'],
    (it) => {
      for (const list of listNames) {
        for (const { resource, reason } of data.lists[list]?.current?.value.skipped ?? []) {
          it.inc({ upstream: upstreamOf(list), resource, reason });
        }
      }
    },
  );

  gauge('hr_graph_redis_up', 'Whether this replica reaches Redis: 1 or 0; absent without Redis.', [], (it) => {
    if (redis === undefined) it.remove();
    else it.set(redis() === 'UP' ? 1 : 0);
  });

  new Counter({
    name: 'hr_graph_list_reads_total',
    help: 'How operations got the lists of upstreams: fresh, stale, together with others, or by a read of their own (miss).',
    labelNames: ['list', 'result'],
    registers: [registry],
    collect() {
      this.reset();
      for (const list of listNames) {
        const counts = data.lists[list]?.counts;
        if (counts === undefined) continue;
        this.inc({ list, result: 'fresh' }, counts.hits);
        this.inc({ list, result: 'stale' }, counts.staleHits);
        this.inc({ list, result: 'shared' }, counts.shared);
        this.inc({ list, result: 'miss' }, counts.misses);
      }
    },
  });
}
