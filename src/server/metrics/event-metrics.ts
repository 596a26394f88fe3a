import { Counter, Histogram, type Registry } from 'prom-client';
import type { Listener } from '../telemetry/telemetry.ts';
import { createTally } from './tally.ts';

const operationSeconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
const upstreamSeconds = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const waitSeconds = [0.01, 0.1, 0.5, 1, 2.5, 5, 10, 60, 300];

/**
 * Counts what happens: operations, refused requests, requests to upstreams, and what holds them back. Labels are bounded:
 * `knownNames` are the operations that have a name of their own there, and all others share one.
 */
export function createEventMetrics(registry: Registry, knownNames: ReadonlySet<string>): Listener {
  const registers = [registry];
  const operations = createTally({
    name: 'hr_graph_operations_total',
    help: 'Operations that were answered, by the execution or from a cached response.',
    labelNames: ['operation', 'type', 'source'],
    registry,
  });
  const durations = new Histogram({
    name: 'hr_graph_operation_duration_seconds',
    help: 'How long operations ran, from a valid operation to its result, cached responses left out.',
    labelNames: ['operation', 'type'],
    buckets: operationSeconds,
    registers,
  });
  const errors = createTally({
    name: 'hr_graph_operation_errors_total',
    help: 'Operations that were answered with at least one error of this code.',
    labelNames: ['operation', 'code'],
    registry,
  });
  const refused = new Counter({
    name: 'hr_graph_refused_requests_total',
    help: 'Requests that were turned away before any operation ran, by the code of the error.',
    labelNames: ['code'],
    registers,
  });
  const requests = new Counter({
    name: 'hr_graph_upstream_requests_total',
    help: 'Requests as they were sent to upstreams, each repeat included. The outcome is ok, cancelled or the code of the error.',
    labelNames: ['upstream', 'method', 'path', 'outcome'],
    registers,
  });
  const requestDurations = new Histogram({
    name: 'hr_graph_upstream_request_duration_seconds',
    help: 'How long upstreams took to answer, from the request to the end of the body.',
    labelNames: ['upstream'],
    buckets: upstreamSeconds,
    registers,
  });
  const waits = new Histogram({
    name: 'hr_graph_upstream_wait_seconds',
    help: 'How long requests to upstreams were held back before they were sent.',
    labelNames: ['upstream', 'reason'],
    buckets: waitSeconds,
    registers,
  });
  const unsent = new Counter({
    name: 'hr_graph_upstream_requests_unsent_total',
    help: 'Requests to upstreams that were given up without being sent.',
    labelNames: ['upstream', 'code'],
    registers,
  });

  const labelOf = (name: string | null): string => (name === null ? 'unnamed' : knownNames.has(name) ? name : 'other');

  return {
    onAnswered: ({ name, type, errors: codes, record }) => {
      const operation = labelOf(name);
      operations(operation, type, record === null ? 'response_cache' : 'execution');
      for (const code of Object.keys(codes)) errors(operation, code);
      if (record === null || record.endedAt === null) return;
      durations.observe({ operation, type }, (record.endedAt - record.startedAt) / 1000);
    },
    onRefused: (code) => refused.inc({ code }),
    observer: {
      onReceived: ({ upstream, method, path, code, startedAt, endedAt }) => {
        requests.inc({ upstream, method, path, outcome: code ?? 'ok' });
        if (endedAt !== null) requestDurations.observe({ upstream }, (endedAt - startedAt) / 1000);
      },
      onWait: ({ upstream, reason, startedAt, endedAt, code }) => {
        if (code !== null) unsent.inc({ upstream, code });
        else waits.observe({ upstream, reason: reason.replaceAll(' ', '_') }, (endedAt - startedAt) / 1000);
      },
    },
  };
}
