import type { Logger } from 'pino';
import type { SkippedRow } from '../domain/list-reading.ts';
import type { Upstream } from '../domain/upstream.ts';

/**
 * Logs how many rows of a list could not be used, and why: once for each reason, and again when there are more of them.
 * Lists are read again and again, with the same odd rows in them.
 */
export function createSkippedReporter(logger: Logger): (upstream: Upstream, skipped: readonly SkippedRow[]) => void {
  const told = new Map<string, number>();
  return (upstream, skipped) => {
    const byReason = Map.groupBy(skipped, ({ resource, reason }) => JSON.stringify([upstream, resource, reason]));
    for (const [name, rows] of byReason) {
      const [row] = rows;
      if (row === undefined || rows.length <= (told.get(name) ?? 0)) continue;
      told.set(name, rows.length);
      const { resource, reason } = row;
      logger.warn({ upstream, resource, reason, count: rows.length }, 'not all rows could be used');
    }
  };
}
