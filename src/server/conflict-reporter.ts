import type { Logger } from 'pino';
import type { Snapshot } from '../loaders/snapshot.ts';

/** Logs conflicts of each upstream when they are first met or their number changes: how many, never whose. */
export function createConflictReporter(logger: Logger): (snapshot: Snapshot) => void {
  const logged = new Map<string, string>();
  return ({ directory, isComplete }) => {
    // Whoever is only known to a later source may be led by one that has not been read yet.
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
