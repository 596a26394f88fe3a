import type { Upstream } from '../domain/upstream.ts';
import { UpstreamError } from '../errors.ts';
import { cancellation, type RequestContext } from './request-context.ts';

/** The caller's deadline passed before the upstream's own timeout, so the failure says nothing about the upstream. */
export class DeadlinePassed extends UpstreamError {
  constructor(upstream: Upstream) {
    super({ code: 'UPSTREAM_TIMEOUT', upstream, message: 'No complete response before the deadline.' });
  }
}

/** The time left for one exchange: `ms` from its first attempt, but at most until the deadline of its context. */
export class Deadline {
  readonly #context: RequestContext;
  readonly #ms: number;
  #endsAt: number | undefined;

  constructor(context: RequestContext, ms: number) {
    this.#context = context;
    this.#ms = ms;
  }

  /** Starts the time of the exchange with its first attempt: time in queues before does not count. */
  start(): void {
    this.#endsAt ??= performance.now() + this.#ms;
  }

  get remainingMs(): number {
    const own = this.#endsAt === undefined ? this.#ms : this.#endsAt - performance.now();
    return Math.min(own, this.#context.remainingMs);
  }
}

export type Timeout = {
  readonly signal: AbortSignal;
  /** True if the time is up, false if the context was cancelled. */
  readonly hasPassed: boolean;
  /** Removes the timer and the listener. */
  end(): void;
};

/** Aborts after `ms` milliseconds, or as soon as the context, if any, is cancelled. */
export function startTimeout(ms: number, context: RequestContext | null): Timeout {
  const controller = new AbortController();
  let hasPassed = false;
  const cancel = () => controller.abort(cancellation());
  const timer = setTimeout(
    () => {
      hasPassed = true;
      controller.abort(new DOMException('The time is up.', 'TimeoutError'));
    },
    Math.max(Math.ceil(ms), 1),
  );
  if (context?.signal.aborted) cancel();
  context?.signal.addEventListener('abort', cancel);
  return {
    signal: controller.signal,
    get hasPassed() {
      return hasPassed;
    },
    end: () => {
      clearTimeout(timer);
      context?.signal.removeEventListener('abort', cancel);
    },
  };
}

/** Waits `ms` milliseconds. Throws an AbortError at once when the context is cancelled. */
export async function pause(ms: number, context: RequestContext): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const cancel = () => reject(cancellation());
  const timer = setTimeout(resolve, ms);
  context.signal.addEventListener('abort', cancel);
  try {
    if (context.signal.aborted) cancel();
    await promise;
  } finally {
    clearTimeout(timer);
    context.signal.removeEventListener('abort', cancel);
  }
}
