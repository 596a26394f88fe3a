import type { Environment } from './environment.ts';
import { host, wholeNumber } from './formats.ts';
import { readTracing, type TracingSettings } from './tracing-settings.ts';

/** Logs, metrics and traces of the process. */
export type TelemetrySettings = {
  /** An operation that takes longer gets a second log line, which says where the time went. */
  slowOperationMs: number;
  /** The address for Prometheus; null for no metrics. Port 0: any free one. */
  metrics: { host: string; port: number } | null;
  /** Null for no traces. */
  tracing: TracingSettings | null;
};

const defaultSlowMs = 1_000;
const longestSlowMs = 600_000;

export function readTelemetry(env: Environment): TelemetrySettings {
  const port = env.read('METRICS_PORT', wholeNumber(0, 65_535));
  const address = env.read('METRICS_HOST', host);
  if (address !== undefined && !env.isSet('METRICS_PORT')) {
    env.report('METRICS_HOST', 'expected no value, because METRICS_PORT is not set (without it there are no metrics)');
  }
  return {
    slowOperationMs: env.read('SLOW_OPERATION_MS', wholeNumber(1, longestSlowMs)) ?? defaultSlowMs,
    metrics: port === undefined ? null : { host: address ?? '127.0.0.1', port },
    tracing: readTracing(env),
  };
}
