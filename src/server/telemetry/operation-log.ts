import type { Logger } from 'pino';
import type { OperationListener } from './operation-record.ts';
import { type OperationReport, reportOf } from './operation-report.ts';

/** In one line of a log; the rest is counted. */
const mostRequests = 20;

/**
 * One line per operation: what ran, for whom, how long, and which kinds of error it met. No variables, no arguments, no
 * data. One that took longer than `slowMs` has a second line, which shows where the time went; at the level of trace,
 * every one that has run does.
 */
export function createOperationLog(logger: Logger, slowMs: number): OperationListener {
  return ({ name: operation, type, caller, milliseconds, errors, record }) => {
    logger.info({ operation, type, caller, milliseconds, errors }, 'operation');
    const isSlow = milliseconds > slowMs;
    if (record === null || !(isSlow || logger.isLevelEnabled('trace'))) return;
    const fields = { operation, type, milliseconds, ...shortened(reportOf(record)) };
    if (isSlow) logger.warn(fields, 'slow operation');
    else logger.trace(fields, 'where the time went');
  };
}

function shortened({ phases, upstreamRequests, waits, lists }: OperationReport) {
  return {
    phases,
    requests: upstreamRequests.length,
    upstreamRequests: upstreamRequests.slice(0, mostRequests),
    waits: waits.slice(0, mostRequests),
    lists,
  };
}
