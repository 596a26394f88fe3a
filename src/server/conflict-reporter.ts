import type { Logger } from 'pino';
import type { ConflictReport } from '../loaders/directories.ts';

/** Logs a conflict when it is first met or changes its extent: how many records, never whose. */
export function createConflictReporter(logger: Logger): ConflictReport {
  const reported = new Map<string, string>();
  return (upstream, conflicts) => {
    const counts: Record<string, number> = {};
    for (const { rule } of conflicts) counts[rule] = (counts[rule] ?? 0) + 1;
    const extent = JSON.stringify(counts);
    if (conflicts.length === 0 || reported.get(upstream) === extent) return;
    reported.set(upstream, extent);
    logger.warn({ upstream, conflicts: counts }, 'several records claim to be one person: none of them is linked');
  };
}
