import type { Logger } from 'pino';
import type { Clock } from '../cache/clock.ts';
import type { Config } from '../config/config.ts';
import type { TracingSettings } from '../config/tracing-settings.ts';
import { deriveKey } from '../domain/derive-key.ts';
import { createDirectoryCopy } from '../loaders/directory-copy.ts';
import { createUpstreamData } from '../loaders/upstream-data.ts';
import type { WriteRecord } from '../loaders/write-record.ts';
import { createUpstreams } from '../upstreams/upstreams.ts';
import { accountsOf } from './accounts.ts';
import { openAuditLog } from './audit-log.ts';
import { createConflictReporter } from './conflict-reporter.ts';
import { createDirectoryReporter } from './directory-reporter.ts';
import { createFailureReporter } from './failure-reporter.ts';
import { joinFleet } from './join-fleet.ts';
import { watchMappingFile } from './mapping-file-watch.ts';
import { readinessOf } from './readiness.ts';
import { createRemarkReporter } from './remark-reporter.ts';
import { createSkippedReporter } from './skipped-reporter.ts';
import { createTelemetry } from './telemetry/telemetry.ts';
import { createGraph } from './yoga.ts';

/**
 * Builds the graph of a deployment. `firstReadings` resolves when the first reads of all people have ended, with or without
 * success. The caller must call `close`, which ends all reads.
 */
export async function createConfiguredGraph(
  config: Config,
  logger: Logger,
  exampleEmail: string | null,
  clock?: Clock,
) {
  const { identity, freshSeconds, cachesResponses, isReadOnly, access, subgraph, directoryFile } = config;
  const { secret } = identity;
  const fleet = await joinFleet(config, logger);
  const network = { ...config.network, onRemark: createRemarkReporter(logger) };
  const upstreams = createUpstreams(config.upstreams, network, fleet.upstreams);
  const metrics = config.telemetry.metrics && (await createMetricsLater(access.persistedOperations.documents.values()));
  const tracing = config.telemetry.tracing && (await createTracingLater(config.telemetry.tracing, logger));
  const telemetry = createTelemetry(
    logger,
    config.telemetry.slowOperationMs,
    [metrics, tracing].flatMap((part) => part?.listener ?? []),
  );
  const failures = createFailureReporter(logger);
  const reportConflicts = createConflictReporter(logger);
  const { onProgress, onLoaded } = createDirectoryReporter(logger);
  let onApplied = async (_: WriteRecord) => {};
  const data = createUpstreamData({
    upstreams,
    identity,
    freshSeconds,
    ...(clock && { clock }),
    ...(fleet.data && { shared: fleet.data }),
    onApplied: (record) => onApplied(record),
    onProgress,
    onLoaded: (...read) => {
      onLoaded(...read);
      copy?.changed();
    },
    onFailed: failures.onFailed,
    onRead: failures.onRead,
    onSkipped: createSkippedReporter(logger),
    observer: telemetry.observer,
    onSwap: (snapshot) => {
      reportConflicts(snapshot);
      copy?.changed();
    },
  });
  const copy =
    directoryFile === null
      ? null
      : createDirectoryCopy(data, {
          path: directoryFile,
          key: deriveKey(secret, 'directory-file'),
          accounts: accountsOf(config.upstreams),
          onTrouble: (message) => logger.warn(message),
          clock,
        });
  metrics?.observe(data, upstreams, fleet.redis);
  // Other replicas have current lists. A file may be older than a write or an erasure.
  if (fleet.isAlone) await copy?.restore();
  const firstReadings = data.start();
  const graph = createGraph({
    ...{ upstreams, data, secret, logger, cachesResponses, isReadOnly, access, subgraph, exampleEmail },
    ...{ failures, telemetry },
    callerCounts: fleet.callerCounts,
    ...(tracing && { around: tracing.around }),
    onErased: async () => copy?.save(),
    audit: openAuditLog(config.auditLog, logger),
  });
  onApplied = graph.applied;
  const stopWatching = watchMappingFile({ data, path: identity.watchedFile, logger, clock });
  const close = async () => {
    stopWatching();
    await copy?.close();
    data.close();
    await upstreams.close();
    await fleet.close();
    await tracing?.close();
  };
  const readiness = () => ({ ...readinessOf(data, upstreams), ...(fleet.redis && { redis: fleet.redis() }) });
  return { graph, data, firstReadings, readiness, metrics, close };
}

/** Loads the code for traces and metrics only if a deployment needs it. */
const createTracingLater = async (settings: TracingSettings, logger: Logger) =>
  (await import('./tracing/tracing.ts')).createTracing(settings, logger);

const createMetricsLater = async (documents: Iterable<string>) =>
  (await import('./metrics/metrics.ts')).createMetrics(documents);
