import type { Activity } from '../domain/activity.ts';
import type { Upstream } from '../domain/upstream.ts';
import { UpstreamError } from '../errors.ts';
import { Bulkhead } from './bulkhead.ts';
import { Deadline } from './deadline.ts';
import type { UpstreamMonitor } from './monitor.ts';
import type { Endpoint } from './refusals.ts';
import { Refused } from './refused.ts';
import { cancellation, currentContext, type RequestContext } from './request-context.ts';
import { withRetries } from './retry.ts';

export type PoliciesOptions = {
  upstream: Upstream;
  monitor: UpstreamMonitor;
  /** Requests in flight at once; the others wait. */
  concurrency: number;
  /** Milliseconds that one attempt may take. */
  attemptTimeoutMs: number;
  /** Milliseconds for all attempts of one exchange and the pauses between them, counted from the first attempt. */
  deadlineMs: number;
};

/**
 * One attempt of an exchange. `isCutShort`: the deadline leaves less time than `attemptTimeoutMs`. `context` is null
 * for a probe, which cannot be cancelled.
 */
export type Attempt = {
  timeoutMs: number;
  isCutShort: boolean;
  context: RequestContext | null;
  activity: Activity;
  /** 1 for the first attempt. */
  number: number;
};

type PolicyRequest = Endpoint & { isSafe: boolean };

export type Policies = {
  /** Runs `attempt`, and retries it if that is safe and worthwhile. */
  run<T>(request: PolicyRequest, attempt: (attempt: Attempt) => Promise<T>): Promise<T>;
  /** Number of requests in all queues. */
  waiting(): number;
};

/**
 * The policies between an exchange and the socket, from the outside in: the deadline; retries of safe requests; what
 * the upstream refuses us and the circuit, which refuse before anything waits; the rate limiter; the bulkhead; and both
 * again, which may have changed meanwhile, and record the outcome. A request that is not let through fails with an
 * UpstreamError with `isUnsent`.
 */
export function createPolicies(options: PoliciesOptions): Policies {
  const { upstream, monitor, concurrency, attemptTimeoutMs, deadlineMs } = options;
  const { circuit, limiter, refusals } = monitor;
  const bulkhead = new Bulkhead({ capacity: () => circuit.capacity(concurrency) });

  async function once<T>(
    context: RequestContext,
    deadline: Deadline,
    number: number,
    request: Endpoint,
    attempt: (attempt: Attempt) => Promise<T>,
  ) {
    const { activity } = context;
    refusals?.admit(request);
    circuit.admit();
    const requestedAt = performance.now();
    const granted = limiter.take(context);
    // If nothing waits, elapsed time is only other work of the event loop.
    const isHeldBack = limiter.waiting > 0;
    const grant = await granted;
    if (isHeldBack) activity.waited(upstream, 'rate limit', requestedAt);
    const grantedAt = performance.now();
    let isSent = false;
    const send = (isProbe: boolean) => {
      deadline.start();
      const timeoutMs = isProbe ? attemptTimeoutMs : Math.min(attemptTimeoutMs, deadline.remainingMs);
      if (!isProbe && context.signal.aborted) throw cancellation();
      if (timeoutMs <= 0) throw new Refused('UPSTREAM_TIMEOUT', 'The deadline has passed.', 0);
      isSent = true;
      const isCutShort = timeoutMs < attemptTimeoutMs;
      return attempt({ timeoutMs, isCutShort, context: isProbe ? null : context, activity, number });
    };
    try {
      let isQueued = false;
      const sent = bulkhead.run(context, () => {
        if (isQueued) activity.waited(upstream, 'concurrency', grantedAt);
        const run = () => circuit.run(send);
        return refusals === null ? run() : refusals.run(request, run);
      });
      isQueued = bulkhead.waiting > 0;
      return await sent;
    } finally {
      if (isSent) grant.answered();
      else grant.giveBack();
    }
  }

  function run<T>(request: PolicyRequest, attempt: (attempt: Attempt) => Promise<T>): Promise<T> {
    const context = currentContext();
    const deadline = new Deadline(context, deadlineMs);
    let number = 0;
    const tryOnce = () => {
      const startedAt = performance.now();
      number += 1;
      return once(context, deadline, number, request, attempt).catch((thrown: unknown) => {
        const error = thrown instanceof Refused ? asUpstreamError(thrown, upstream) : thrown;
        if (error instanceof UpstreamError && error.isUnsent) {
          context.activity.waited(upstream, 'not sent', startedAt, error.code);
        }
        throw error;
      });
    };
    const mayRepeat = () => circuit.status.probeAt === null;
    return request.isSafe ? withRetries({ context, deadline, mayRepeat }, tryOnce) : tryOnce();
  }

  return { run, waiting: () => limiter.waiting + bulkhead.waiting };
}

const asUpstreamError = ({ code, message, retryAfterSeconds }: Refused, upstream: Upstream): UpstreamError =>
  new UpstreamError({ code, upstream, message, retryAfterSeconds, isUnsent: true });
