import type { Upstream } from './upstream.ts';

/** In place of an error code: the caller who wanted the result has left. */
export const cancelled = 'cancelled';

/** One request sent to an upstream. Times are in milliseconds, by `performance.now()`. */
export type UpstreamAttempt = {
  readonly upstream: Upstream;
  readonly method: string;
  /** The path as the vendor documents it, such as `/company/{companyId}/grade`. The path holds no person's data. */
  readonly path: string;
  /** Scheme, host and port. */
  readonly origin: string;
  /** 1 for the first attempt, more for each retry. */
  readonly number: number;
  /** True if the request asks only for changes since an earlier response. */
  readonly isConditional: boolean;
  readonly startedAt: number;
  /** Null while it runs. */
  endedAt: number | null;
  /** Null if no response came. */
  status: number | null;
  /** The published error code of a failure, or `cancelled`; null on success. */
  code: string | null;
  /** Size of the response body on the wire. */
  bytes: number | null;
  /** How many rows a list response holds; null for any other response. */
  rows: number | null;
};

export type WaitReason = 'rate limit' | 'concurrency' | 'pause before a repeat' | 'not sent';

/** A time span in which a request of this activity was held back, or the reason why a request was not sent. */
export type Wait = {
  readonly upstream: Upstream;
  readonly reason: WaitReason;
  readonly startedAt: number;
  readonly endedAt: number;
  /** The published error code if the wait was given up; null if the request was let through. */
  readonly code: string | null;
};

/** This activity waits for the result of another one. */
export type Join = {
  readonly activity: Activity;
  /** True if the other activity was begun for this one. False if it was already running. */
  readonly isOwn: boolean;
  readonly startedAt: number;
  /** Null while the wait lasts. */
  endedAt: number | null;
};

/** Receives each event as it happens. An observer must not throw. */
export type ActivityObserver = {
  onBegin?(activity: Activity): void;
  onEnd?(activity: Activity, error: unknown): void;
  /** Returns headers to add to the request. */
  onSend?(attempt: UpstreamAttempt, activity: Activity): Readonly<Record<string, string>> | undefined;
  onReceived?(attempt: UpstreamAttempt, activity: Activity): void;
  onWait?(wait: Wait, activity: Activity): void;
};

export type ActivityOptions = {
  /** For display: the operation's name, or the name of what is read. */
  name: string;
  kind: 'operation' | 'reading' | 'shared';
  /** The activity that began this one. */
  parent?: Activity | null | undefined;
  /** `requestId` and `observer` default to the parent's. */
  requestId?: string | null;
  observer?: ActivityObserver | null | undefined;
};

/** A shorter time is a turn of the event loop, not a wait. */
const leastWaitMs = 1;

/**
 * One unit of work: an operation or a reading, with the requests that it sends, its waits, and the activities of others
 * that it waits for. Explain and logs read an activity when it has ended; metrics and traces observe it while it runs.
 * An activity without upstream requests stores nothing.
 */
export class Activity {
  readonly name: string;
  readonly kind: ActivityOptions['kind'];
  readonly parent: Activity | null;
  readonly requestId: string | null;
  readonly observer: ActivityObserver | null;
  readonly startedAt = performance.now();
  endedAt: number | null = null;
  #attempts: UpstreamAttempt[] | undefined;
  #waits: Wait[] | undefined;
  #joins: Join[] | undefined;

  constructor({ name, kind, parent = null, requestId, observer }: ActivityOptions) {
    this.name = name;
    this.kind = kind;
    this.parent = parent;
    this.requestId = requestId ?? parent?.requestId ?? null;
    this.observer = observer ?? parent?.observer ?? null;
    this.observer?.onBegin?.(this);
  }

  get attempts(): readonly UpstreamAttempt[] {
    return this.#attempts ?? [];
  }

  get waits(): readonly Wait[] {
    return this.#waits ?? [];
  }

  get joins(): readonly Join[] {
    return this.#joins ?? [];
  }

  /** Returns the observers' headers for the request, if any. */
  send(attempt: UpstreamAttempt): Readonly<Record<string, string>> | undefined {
    this.#attempts ??= [];
    this.#attempts.push(attempt);
    return this.observer?.onSend?.(attempt, this);
  }

  received(attempt: UpstreamAttempt): void {
    attempt.endedAt ??= performance.now();
    this.observer?.onReceived?.(attempt, this);
  }

  /** Records a wait from `startedAt` until now. */
  waited(upstream: Upstream, reason: WaitReason, startedAt: number, code: string | null = null): void {
    const endedAt = performance.now();
    if (code === null && endedAt - startedAt < leastWaitMs) return;
    const wait: Wait = { upstream, reason, startedAt, endedAt, code };
    this.#waits ??= [];
    this.#waits.push(wait);
    this.observer?.onWait?.(wait, this);
  }

  /** Records that this activity waits for another one. The returned function ends the wait. */
  join(activity: Activity): () => void {
    const join: Join = { activity, isOwn: activity.parent === this, startedAt: performance.now(), endedAt: null };
    this.#joins ??= [];
    this.#joins.push(join);
    return () => {
      join.endedAt = performance.now();
    };
  }

  end(error: unknown = null): void {
    this.endedAt = performance.now();
    this.observer?.onEnd?.(this, error);
  }
}
