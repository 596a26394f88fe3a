import type { Logger } from 'pino';
import type { SkippedRow } from '../domain/list-reading.ts';
import type { Upstream } from '../domain/upstream.ts';

/**
 * Logs how many rows of a list were skipped, and why: once for each reason, and again when the number grows. Without this,
 * each renewal of a list would log the same invalid rows.
 */
export function createSkippedReporter(logger: Logger): (upstream: Upstream, skipped: readonly SkippedRow[]) => void {
  const loggedCounts = new Map<string, number>();
  return (upstream, skipped) => {
    const byReason = Map.groupBy(skipped, ({ resource, reason }) => JSON.stringify([upstream, resource, reason]));
    for (const [name, rows] of byReason) {
      const [row] = rows;
      if (row === undefined || rows.length <= (loggedCounts.get(name) ?? 0)) continue;
      loggedCounts.set(name, rows.length);
      const { resource, reason } = row;
      logger.warn({ upstream, resource, reason, count: rows.length }, 'not all rows could be used');
    }
  };
}
