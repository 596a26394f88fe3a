import type { Logger } from 'pino';
import type { Upstream } from '../domain/upstream.ts';
import type { UpstreamError, UpstreamErrorCode } from '../errors.ts';
import type { ListName } from '../loaders/list-names.ts';

/** The remedy, for failures whose own message has none. The settings of an upstream begin with its name. */
const remedies: Record<UpstreamErrorCode, string> = {
  UPSTREAM_TIMEOUT: 'None here: hr-graph retries. If it lasts, check whether the upstream is slow for others too.',
  UPSTREAM_UNAVAILABLE:
    "None here: hr-graph retries. If it lasts, check its base URL, the network, and the vendor's status page.",
  UPSTREAM_RATE_LIMITED: 'Wait. If it lasts, raise the rate limit, or let other integrations of the tenant ask less.',
  UPSTREAM_AUTH_FAILED:
    'Correct the credentials, scopes or organisation that the reason names. Restart if a setting changed.',
  UPSTREAM_INVALID_RESPONSE: 'Check its base URL and version; else tell the vendor the traceId.',
  UPSTREAM_NOT_CONFIGURED: 'Set its variables.',
};

/** The error code of each list that cannot be read at present. */
type Failing = Map<ListName, UpstreamErrorCode>;

/**
 * Logs when an upstream begins to fail, when it fails in another way, and when it works again: one line for each change, not
 * one for each attempt. A code that is new for the upstream is a warning. A failure outside of lists, such as of a write, is
 * logged once.
 */
export function createFailureReporter(logger: Logger) {
  const failing: Partial<Record<Upstream, Failing>> = {};
  const logged = new WeakSet<UpstreamError>();

  const log = (failure: UpstreamError) => {
    const { upstream, code, message, status, vendorCode, traceId } = failure;
    const fields = { upstream, code, reason: message, status, vendorCode, traceId };
    const isKnown = [...(failing[upstream]?.values() ?? [])].includes(code);
    if (!isKnown) logger.warn({ ...fields, remedy: remedies[code] }, 'an upstream failed');
    // Callers get the traceId, and operators look for it here. A request that was never sent has none, and there are many.
    else if (failure.isUnsent) logger.debug(fields, 'an upstream still fails');
    else logger.info(fields, 'an upstream still fails');
  };

  return {
    onFailed(list: ListName, failure: UpstreamError): void {
      logged.add(failure);
      log(failure);
      const lists: Failing = failing[failure.upstream] ?? new Map();
      failing[failure.upstream] = lists.set(list, failure.code);
    },

    onRead(upstream: Upstream, list: ListName): void {
      const lists = failing[upstream];
      if (lists?.delete(list) === true && lists.size === 0) logger.info({ upstream }, 'an upstream answers again');
    },

    /** Call it with each failure that is sent to a caller. */
    onSent(failure: UpstreamError): void {
      if (logged.has(failure)) return;
      logged.add(failure);
      log(failure);
    },
  };
}

export type FailureReporter = ReturnType<typeof createFailureReporter>;
