import { Kind, parse } from 'graphql';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import packageJson from '../../../package.json' with { type: 'json' };
import type { UpstreamData } from '../../loaders/upstream-data.ts';
import type { Upstreams } from '../../upstreams/upstreams.ts';
import type { Listener } from '../telemetry/telemetry.ts';
import { createEventMetrics } from './event-metrics.ts';
import { addStateMetrics, type RedisState } from './state-metrics.ts';

export type Metrics = {
  /** Counts the events that it receives. */
  listener: Listener;
  /** Adds the state of these. */
  observe(data: UpstreamData, upstreams: Upstreams, redis: RedisState): void;
  /** In Prometheus' text format. */
  text(): Promise<string>;
  contentType: string;
};

/** Gauges whose names end like a counter's, which Prometheus' own check refuses. */
const misnamed = ['nodejs_active_handles_total', 'nodejs_active_requests_total', 'nodejs_active_resources_total'];

/** In milliseconds: a delay that matters is longer, and each look is a turn of the event loop. */
const eventLoopMonitoringPrecision = 20;

/** `documents`: the persisted operations, whose names are labels of their own. */
export function createMetrics(documents: Iterable<string>): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision });
  for (const name of misnamed) registry.removeSingleMetric(name);
  new Gauge({
    name: 'hr_graph_info',
    help: 'Which version this is.',
    labelNames: ['version'],
    registers: [registry],
  }).set({ version: packageJson.version }, 1);
  return {
    listener: createEventMetrics(registry, namesIn(documents)),
    observe: (data, upstreams, redis) => addStateMetrics(registry, data, upstreams, redis),
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}

function namesIn(documents: Iterable<string>): ReadonlySet<string> {
  const names = new Set<string>();
  for (const text of documents) {
    for (const it of parse(text, { noLocation: true }).definitions) {
      if (it.kind === Kind.OPERATION_DEFINITION && it.name !== undefined) names.add(it.name.value);
    }
  }
  return names;
}
