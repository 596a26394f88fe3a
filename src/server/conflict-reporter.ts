import type { Logger } from 'pino';
import type { Snapshot } from '../loaders/snapshot.ts';

/** Logs the conflicts of each upstream when they first appear or their number changes: the count, never the people. */
export function createConflictReporter(logger: Logger): (snapshot: Snapshot) => void {
  const logged = new Map<string, string>();
  return ({ directory, isComplete }) => {
    // Until all lists are read, a record may still be linked to a leading record of a list that is not read yet.
    if (!isComplete) return;
    const counts: Record<string, Record<string, number>> = {};
    for (const { source, rule } of directory.conflicts) {
      counts[source] ??= {};
      counts[source][rule] = (counts[source][rule] ?? 0) + 1;
    }
    for (const [upstream, conflicts] of Object.entries(counts)) {
      const extent = JSON.stringify(conflicts);
      if (logged.get(upstream) === extent) continue;
      logged.set(upstream, extent);
      logger.warn({ upstream, conflicts }, 'several records claim to be one person: none of them is linked');
    }
  };
}
