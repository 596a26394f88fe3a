import type { Logger } from 'pino';
import type { OnRemark } from '../http/remark.ts';

/** Logs once for each kind that an upstream does not do what it was asked. The upstream does so in every response. */
export function createRemarkReporter(logger: Logger): OnRemark {
  const logged = new Set<string>();
  return ({ upstream, kind, message }) => {
    const name = `${upstream} ${kind}`;
    if (logged.has(name)) return;
    logged.add(name);
    logger.warn({ upstream, kind, reason: message }, 'an upstream answers otherwise than expected');
  };
}
