import type { Activity } from '../domain/activity.ts';
import type { Upstream } from '../domain/upstream.ts';
import { UpstreamError } from '../errors.ts';
import { Bulkhead } from './bulkhead.ts';
import { Deadline } from './deadline.ts';
import type { UpstreamMonitor } from './monitor.ts';
import { Refused } from './refused.ts';
import { cancellation, currentContext, type RequestContext } from './request-context.ts';
import { withRetries } from './retry.ts';

export type PoliciesOptions = {
  upstream: Upstream;
  monitor: UpstreamMonitor;
  /** Requests in flight at once; the others wait. */
  concurrency: number;
  /** Milliseconds that the upstream may take for one attempt. */
  attemptTimeoutMs: number;
  /** Milliseconds for all attempts of one exchange and the pauses between them, from its first attempt on. */
  deadlineMs: number;
};

/** `isCutShort` where the deadline leaves less time than the upstream may take. A probe has no context to be cancelled with. */
export type Attempt = {
  timeoutMs: number;
  isCutShort: boolean;
  context: RequestContext | null;
  activity: Activity;
  /** 1 for the first of an exchange. */
  number: number;
};

export type Policies = {
  /** Runs `attempt` once, or again where that is safe and worthwhile. */
  run<T>(isSafe: boolean, attempt: (it: Attempt) => Promise<T>): Promise<T>;
  /** How many requests wait for their turn, in all queues. */
  waiting(): number;
};

/**
 * All that stands between an exchange and the socket, from the outside in: the deadline; repeats of what is safe; the
 * circuit, which refuses before anything waits; the allowance; the bulkhead; and the circuit again, which may have opened
 * meanwhile, and learns from the outcome. What is not let through is an UpstreamError with `isUnsent`.
 */
export function createPolicies(options: PoliciesOptions): Policies {
  const { upstream, monitor, concurrency, attemptTimeoutMs, deadlineMs } = options;
  const { circuit, limiter } = monitor;
  const bulkhead = new Bulkhead({ capacity: () => circuit.capacity(concurrency) });

  async function once<T>(
    context: RequestContext,
    deadline: Deadline,
    number: number,
    attempt: (it: Attempt) => Promise<T>,
  ) {
    const { activity } = context;
    circuit.admit();
    const askedAt = performance.now();
    const granted = limiter.take(context);
    // Else what took time was somebody else's turn of the event loop.
    const isHeldBack = limiter.waiting > 0;
    const grant = await granted;
    if (isHeldBack) activity.waited(upstream, 'rate limit', askedAt);
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
        return circuit.run(send);
      });
      isQueued = bulkhead.waiting > 0;
      return await sent;
    } finally {
      if (isSent) grant.answered();
      else grant.giveBack();
    }
  }

  function run<T>(isSafe: boolean, attempt: (it: Attempt) => Promise<T>): Promise<T> {
    const context = currentContext();
    const deadline = new Deadline(context, deadlineMs);
    let number = 0;
    const tryOnce = () => {
      const startedAt = performance.now();
      number += 1;
      return once(context, deadline, number, attempt).catch((error: unknown) => {
        if (error instanceof Refused) context.activity.waited(upstream, 'not sent', startedAt, error.code);
        return throwInWords(error, upstream);
      });
    };
    const mayRepeat = () => circuit.status.probeAt === null;
    return isSafe ? withRetries({ context, deadline, mayRepeat }, tryOnce) : tryOnce();
  }

  return { run, waiting: () => limiter.waiting + bulkhead.waiting };
}

function throwInWords(error: unknown, upstream: Upstream): never {
  if (!(error instanceof Refused)) throw error;
  const { code, message, retryAfterSeconds } = error;
  throw new UpstreamError({ code, upstream, message, retryAfterSeconds, isUnsent: true });
}
