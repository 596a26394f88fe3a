import type { Logger } from 'pino';
import type { Config } from '../config/config.ts';
import { createUpstreams } from '../upstreams/upstreams.ts';
import { openAuditLog } from './audit-log.ts';
import { createConflictReporter } from './conflict-reporter.ts';
import { createGraph } from './yoga.ts';

/** The graph of a deployment, and the upstreams that it reads, which are its caller's to close. */
export function createConfiguredGraph(config: Config, logger: Logger, exampleEmail: string) {
  const upstreams = createUpstreams(
    config.upstreams,
    (upstream, resource, count) => logger.warn({ upstream, resource, count }, 'rows without a key were left out'),
    config.network,
  );
  const graph = createGraph({
    upstreams,
    identity: { ...config.identity, onConflicts: createConflictReporter(logger) },
    logger,
    freshSeconds: config.freshSeconds,
    keepsAnswers: config.keepsAnswers,
    isReadOnly: config.isReadOnly,
    access: config.access,
    subgraph: config.subgraph,
    audit: openAuditLog(config.auditLog, logger),
    exampleEmail,
  });
  return { graph, upstreams };
}
