import type { Logger } from 'pino';
import type { Activity, ActivityObserver } from '../../domain/activity.ts';
import { observersAsOne } from '../../domain/observers.ts';
import { createAttemptLog } from './attempt-log.ts';
import { createOperationLog } from './operation-log.ts';
import type { OperationListener } from './operation-record.ts';

/** Receives what happens. */
export type Telemetry = {
  /** Of requests to upstreams, while they happen; null where nobody listens. */
  observer: ActivityObserver | null;
  /** Whether the resolvers of an operation are to be timed, which takes time itself. */
  measuresResolvers: (activity: Activity) => boolean;
  /** Of operations, when they have been answered. */
  onAnswered: OperationListener;
  /** Of requests that were turned away before any operation ran, by the codes of their errors. */
  onRefused: (code: string) => void;
};

export type Listener = { observer?: ActivityObserver | null } & Partial<Omit<Telemetry, 'observer'>>;

/** The log, and other listeners. `slowMs`: the log shows where the time of a longer operation went. */
export function createTelemetry(logger: Logger, slowMs: number, others: readonly Listener[] = []): Telemetry {
  const log = createOperationLog(logger, slowMs);
  const listeners = others.flatMap(({ onAnswered }) => onAnswered ?? []);
  const refusalListeners = others.flatMap(({ onRefused }) => onRefused ?? []);
  return {
    observer: observersAsOne([createAttemptLog(logger), ...others.map(({ observer }) => observer ?? null)]),
    measuresResolvers: (activity) => others.some((it) => it.measuresResolvers?.(activity) === true),
    onAnswered: (operation) => {
      log(operation);
      for (const onAnswered of listeners) onAnswered(operation);
    },
    onRefused: (code) => {
      for (const onRefused of refusalListeners) onRefused(code);
    },
  };
}
