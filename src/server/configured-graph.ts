import type { Logger } from 'pino';
import type { Config } from '../config/config.ts';
import { createUpstreamData } from '../loaders/upstream-data.ts';
import { createUpstreams } from '../upstreams/upstreams.ts';
import { openAuditLog } from './audit-log.ts';
import { createConflictReporter } from './conflict-reporter.ts';
import { createDirectoryReporter } from './directory-reporter.ts';
import { createSkippedReporter } from './skipped-reporter.ts';
import { createGraph } from './yoga.ts';

/** The graph of a deployment, and the upstreams that it reads and what it has read of them, which its caller closes. */
export function createConfiguredGraph(config: Config, logger: Logger, exampleEmail: string) {
  const { identity, freshSeconds, cachesResponses, isReadOnly, access, subgraph } = config;
  const upstreams = createUpstreams(config.upstreams, createSkippedReporter(logger));
  const data = createUpstreamData({
    upstreams,
    identity,
    freshSeconds,
    ...createDirectoryReporter(logger),
    onSwap: createConflictReporter(logger),
  });
  data.start();
  const graph = createGraph({
    ...{ upstreams, data, identity, secret: identity.secret, logger, cachesResponses, isReadOnly, access, subgraph },
    audit: openAuditLog(config.auditLog, logger),
    exampleEmail,
  });
  return { graph, upstreams, data };
}
