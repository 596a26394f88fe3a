import type { Logger } from 'pino';
import type { Upstream } from '../domain/upstream.ts';
import type { UpstreamError, UpstreamErrorCode } from '../errors.ts';
import type { ListName } from '../loaders/list-names.ts';

/** What to do about a failure whose own message does not say. The variables of an upstream begin with its name. */
const remedies: Record<UpstreamErrorCode, string> = {
  UPSTREAM_TIMEOUT: 'None here: it is asked again. If it lasts, see whether the upstream is slow for others too.',
  UPSTREAM_UNAVAILABLE:
    "None here: it is asked again. If it lasts, check its base URL, the network, and the vendor's status page.",
  UPSTREAM_RATE_LIMITED: 'Wait; if it lasts, raise the allowance, or let other integrations of the tenant ask less.',
  UPSTREAM_AUTH_FAILED: 'Correct the credentials, scopes or organisation that the reason names, and restart.',
  UPSTREAM_INVALID_RESPONSE: 'Check its base URL and version; else tell the vendor the traceId.',
  UPSTREAM_NOT_CONFIGURED: 'Set its variables.',
};

/** Why one list of an upstream cannot be read, if it cannot. */
type Failing = Map<ListName, UpstreamErrorCode>;

/**
 * Logs when an upstream begins to fail, when it fails in another way, and when all is well again: a line for each change, not
 * for each attempt: a warning for a code that is new to the upstream. Failures that belong to no list, such as of a write, are
 * logged once each.
 */
export function createFailureReporter(logger: Logger) {
  const failing: Partial<Record<Upstream, Failing>> = {};
  const told = new WeakSet<UpstreamError>();

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
      told.add(failure);
      log(failure);
      const lists: Failing = failing[failure.upstream] ?? new Map();
      failing[failure.upstream] = lists.set(list, failure.code);
    },

    onRead(upstream: Upstream, list: ListName): void {
      const lists = failing[upstream];
      if (lists?.delete(list) === true && lists.size === 0) logger.info({ upstream }, 'an upstream answers again');
    },

    /** An operation was answered with it. */
    onTold(failure: UpstreamError): void {
      if (told.has(failure)) return;
      told.add(failure);
      log(failure);
    },
  };
}

export type FailureReporter = ReturnType<typeof createFailureReporter>;
