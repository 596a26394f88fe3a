import type { Logger } from 'pino';
import type { OnRemark } from '../http/remark.ts';

/** Logs a deviation of an upstream once for each kind, because it occurs in every response. */
export function createRemarkReporter(logger: Logger): OnRemark {
  const logged = new Set<string>();
  return ({ upstream, kind, message }) => {
    const name = `${upstream} ${kind}`;
    if (logged.has(name)) return;
    logged.add(name);
    logger.warn({ upstream, kind, reason: message }, 'an upstream answers otherwise than expected');
  };
}
