import type { Logger } from 'pino';
import type { Progress } from '../cache/running-reading.ts';
import { now } from '../domain/now.ts';
import type { Upstream } from '../domain/upstream.ts';
import type { PeopleListName } from '../loaders/list-names.ts';

const betweenLinesMs = 5_000;

/**
 * Logs the progress of reading the lists of people every five seconds, and the end of the first read of each list. After
 * that, progress is a debug line: a renewal is slow on purpose, and the list serves meanwhile.
 */
export function createDirectoryReporter(logger: Logger) {
  const loggedAt = new Map<PeopleListName, number>();
  const complete = new Set<PeopleListName>();

  return {
    onProgress(upstream: Upstream, list: PeopleListName, { rows, expected, secondsToGo }: Progress): void {
      const last = loggedAt.get(list);
      if (last === undefined) loggedAt.set(list, now());
      if (last === undefined || now() - last < betweenLinesMs) return;
      loggedAt.set(list, now());
      const fields = { upstream, list, rows, expected, secondsToGo };
      if (complete.has(list)) logger.debug(fields, 'directory being read');
      else logger.info(fields, 'directory being read');
    },

    onLoaded(upstream: Upstream, list: PeopleListName, rows: number): void {
      loggedAt.delete(list);
      if (complete.has(list)) return;
      complete.add(list);
      logger.info({ upstream, list, rows }, 'directory complete');
    },
  };
}
