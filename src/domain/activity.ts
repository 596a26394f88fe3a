import type { Upstream } from './upstream.ts';

/** In place of a code: whoever wanted the result has left. */
export const cancelled = 'cancelled';

/** One request as it was sent to an upstream. Times are in milliseconds, by `performance.now()`. */
export type UpstreamAttempt = {
  readonly upstream: Upstream;
  readonly method: string;
  /** The path as the vendor documents it, such as `/company/{companyId}/grade`. It names nobody. */
  readonly path: string;
  /** Scheme, host and port. */
  readonly origin: string;
  /** 1 for the first attempt of an exchange, more for its repeats. */
  readonly number: number;
  /** It asks only for what has changed since an earlier response. */
  readonly isConditional: boolean;
  readonly startedAt: number;
  /** Null while it runs. */
  endedAt: number | null;
  /** Null where no response came. */
  status: number | null;
  /** Why it failed, by its published code, or `cancelled`; null where it did not. */
  code: string | null;
  /** Of the response's body, as it was received. */
  bytes: number | null;
  /** Of a list; null for anything else. */
  rows: number | null;
};

export type WaitReason = 'rate limit' | 'concurrency' | 'pause before a repeat' | 'not sent';

/** Time in which a request of this activity was held back, or why one was not sent at all. */
export type Wait = {
  readonly upstream: Upstream;
  readonly reason: WaitReason;
  readonly startedAt: number;
  readonly endedAt: number;
  /** Why it was given up, by its published code; null where the request was let through. */
  readonly code: string | null;
};

/** What another activity does is waited for. */
export type Join = {
  readonly activity: Activity;
  /** It was begun for this one, not by somebody else before. */
  readonly isOwn: boolean;
  readonly startedAt: number;
  /** Null while it is waited for. */
  endedAt: number | null;
};

/** Is told of everything while it happens. It must not throw. */
export type ActivityObserver = {
  onBegin?(activity: Activity): void;
  onEnd?(activity: Activity, error: unknown): void;
  /** Returns headers that go with the request. */
  onSend?(attempt: UpstreamAttempt, activity: Activity): Readonly<Record<string, string>> | undefined;
  onReceived?(attempt: UpstreamAttempt, activity: Activity): void;
  onWait?(wait: Wait, activity: Activity): void;
};

export type ActivityOptions = {
  /** For people: an operation's name, or what is read. */
  name: string;
  kind: 'operation' | 'reading' | 'shared';
  /** What it was begun for. */
  parent?: Activity | null | undefined;
  /** Those of the parent unless given. */
  requestId?: string | null;
  observer?: ActivityObserver | null | undefined;
};

/** Less is no wait, but a turn of the event loop. */
const leastWaitMs = 1;

/**
 * What is done in one name: the requests that it sends, what holds them back, and the activities of others that it waits
 * for. Everything that tells of upstream requests reads it here: explain and logs when it is done, metrics and traces
 * while it runs. Nothing is kept of an activity that asks nobody.
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

  /** Returns headers that go with the request, where somebody has any. */
  send(attempt: UpstreamAttempt): Readonly<Record<string, string>> | undefined {
    this.#attempts ??= [];
    this.#attempts.push(attempt);
    return this.observer?.onSend?.(attempt, this);
  }

  received(attempt: UpstreamAttempt): void {
    attempt.endedAt ??= performance.now();
    this.observer?.onReceived?.(attempt, this);
  }

  /** `startedAt`: since when it has waited, until now. */
  waited(upstream: Upstream, reason: WaitReason, startedAt: number, code: string | null = null): void {
    const endedAt = performance.now();
    if (code === null && endedAt - startedAt < leastWaitMs) return;
    const wait: Wait = { upstream, reason, startedAt, endedAt, code };
    this.#waits ??= [];
    this.#waits.push(wait);
    this.observer?.onWait?.(wait, this);
  }

  /** Waits for another one, until what is returned is called. */
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
