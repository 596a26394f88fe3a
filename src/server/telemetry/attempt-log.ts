import type { Logger } from 'pino';
import type { ActivityObserver } from '../../domain/activity.ts';

/** At the level of debug, a line for every request to an upstream and for everything that holds one back. */
export const createAttemptLog = (logger: Logger): ActivityObserver | null =>
  logger.isLevelEnabled('debug')
    ? {
        onReceived: ({ upstream, method, path, number, startedAt, endedAt, status, code, bytes, rows }, { name }) => {
          const milliseconds = Math.round((endedAt ?? performance.now()) - startedAt);
          logger.debug(
            { upstream, method, path, why: name, attempt: number, milliseconds, status, code, bytes, rows },
            'upstream request',
          );
        },
        onWait: ({ upstream, reason, startedAt, endedAt, code }, { name }) => {
          logger.debug(
            { upstream, why: name, reason, milliseconds: Math.round(endedAt - startedAt), code },
            'upstream request held back',
          );
        },
      }
    : null;
