import type { Logger } from 'pino';
import type { OnRemark } from '../http/remark.ts';

/** Logs what an upstream does otherwise than it was asked, once of each kind: it does so with every request. */
export function createRemarkReporter(logger: Logger): OnRemark {
  const told = new Set<string>();
  return ({ upstream, kind, message }) => {
    const name = `${upstream} ${kind}`;
    if (told.has(name)) return;
    told.add(name);
    logger.warn({ upstream, kind, reason: message }, 'an upstream answers otherwise than expected');
  };
}
