import { now } from '../domain/now.ts';
import { FairQueue, longestTimerMs } from './fair-queue.ts';
import { alone, type Counted, type Limits, type Sharing } from './ledger.ts';
import { Refused } from './refused.ts';
import { cancellation, isMoreUrgent, type Priority, priorities, type RequestContext } from './request-context.ts';
import { SharedCount } from './shared-count.ts';

/** The vendor's rate limit: `count` requests in any window of `seconds` seconds. */
export type Allowance = { count: number; seconds: number };

export type RateLimit = { limit: number; remaining: number; resetsAt: string };

/** Permission to send one request. It counts from its response on: the vendor cannot have counted it later. */
export type Grant = {
  /** Call it when the response has come, or the request has failed on its way. */
  answered(): void;
  /** Call it if the request was not sent. */
  giveBack(): void;
};

export type LimiterOptions = {
  /** Most waiting interactive requests; 1,000 by default. */
  maxWaiting?: number;
  /** Absent: no other process uses the same rate limit. */
  sharing?: Sharing;
};

/** Added to the window, because the vendor's clock can run differently. */
const marginMs = 250;
/** The share of any window that requests of a priority, and of less urgent ones, may use together. */
const shares: Record<Priority, number> = { interactive: 1, background: 2 / 3, renewal: 1 / 5 };
/** The share used for a while after the vendor refused although we kept to the limit: others use the limit as well. */
const sharedShare = 1 / 2;
const cautiousWindows = 2;

const noneAhead = { interactive: 0, background: 0, renewal: 0 };

type Sent = { at: number; priority: Priority };

const limitOf = (count: number, share: number): number => Math.max(1, Math.floor(count * share));

const limitsOf = (count: number): Limits => ({
  interactive: limitOf(count, shares.interactive),
  background: limitOf(count, shares.background),
  renewal: limitOf(count, shares.renewal),
});

/**
 * Grants requests so that the vendor refuses none, by our own count and by the vendor's responses. Requests without a
 * grant wait in a fair queue. After a refusal and the Retry-After of the vendor, one request goes first as a probe, and
 * the others wait for its response. Without a known rate limit, only refusals make requests wait. If other processes
 * use the same limit, each request is also acquired in their common ledger. Our own code, because the published
 * limiters count fixed windows, which let twice the limit through at their seams, and have no priorities.
 */
export class AllowanceLimiter {
  readonly #allowance: Allowance | null;
  readonly #windowMs: number;
  readonly #maxWaiting: number;
  readonly #shared: SharedCount | null;
  #isAcquiring = false;
  #sent: Sent[] = [];
  #sentToPruneAt = 100;
  #renewedAt = Number.NEGATIVE_INFINITY;
  #blockedUntil = 0;
  #cautiousUntil = 0;
  /** `due` after a refusal, then the probe that was sent. */
  #probe: 'due' | Sent | null = null;
  #timer: NodeJS.Timeout | undefined;
  readonly #queue: FairQueue<Grant> = new FairQueue<Grant>({
    late: () => this.#refusal(this.#waitMs(this.#queue.first ?? 'interactive')),
    onChange: () => this.#serve(),
  });

  /** At most `maxWaiting` interactive requests wait. Background requests are limited by the pages of the lists. */
  constructor(allowance: Allowance | null, { maxWaiting = 1_000, sharing = alone }: LimiterOptions = {}) {
    this.#allowance = allowance;
    this.#maxWaiting = maxWaiting;
    const windowMs = (allowance?.seconds ?? 0) * 1000 + marginMs;
    this.#windowMs = windowMs;
    if (allowance === null) this.#shared = null;
    else {
      const { count } = allowance;
      const [limits, cautiousLimits] = [limitsOf(count), limitsOf(count * sharedShare)];
      const cautionMs = cautiousWindows * windowMs;
      this.#shared = new SharedCount(count, { limits, cautiousLimits, windowMs, cautionMs }, sharing);
    }
  }

  /** Number of waiting requests. */
  get waiting(): number {
    return this.#queue.count();
  }

  /**
   * Resolves when the request may be sent. Throws Refused at once if that will be after the deadline of its context, or
   * if too many requests wait; throws an AbortError when its context is cancelled.
   */
  async take(context: RequestContext): Promise<Grant> {
    const { priority } = context;
    if (context.signal.aborted) throw cancellation();
    const waitMs = this.#waitMs(priority, this.#queue.ahead(context));
    if (waitMs > context.remainingMs) throw this.#refusal(waitMs);
    if (priority === 'interactive' && this.#queue.count(priority) >= this.#maxWaiting) throw this.#refusal(waitMs);
    const turn = this.#queue.wait(context);
    this.#serve();
    return turn;
  }

  /** Records a refusal by the vendor (429), with the Retry-After that it named. */
  refused(retryAfterSeconds: number): void {
    const refusedAt = now();
    this.#cautiousUntil = refusedAt + cautiousWindows * this.#windowMs;
    this.#blockedUntil = Math.max(this.#blockedUntil, refusedAt + retryAfterSeconds * 1000);
    this.#probe = 'due';
    this.#shared?.refused(retryAfterSeconds * 1000);
    this.#serve();
  }

  /** Seconds that so many requests of one reading will wait in total. */
  secondsFor(requests: number, priority: Priority): number {
    return Math.ceil(this.#waitMs(priority, { ...noneAhead, [priority]: requests - 1 }) / 1000);
  }

  /** Null if the rate limit is unknown. */
  status(at: number = now()): RateLimit | null {
    if (this.#allowance === null) return null;
    const sent = this.#inWindow();
    const used = sent.length + (this.#shared?.usedByOthers ?? 0);
    const remaining = at < this.#blockedUntil ? 0 : Math.max(0, this.#limit('interactive') - used);
    const first = sent.reduce((earliest, sentRequest) => Math.min(earliest, sentRequest.at), at);
    const resetsAt = Math.max(sent.length === 0 ? at : first + this.#windowMs, this.#blockedUntil);
    return { limit: this.#allowance.count, remaining, resetsAt: new Date(resetsAt).toISOString() };
  }

  #refusal(waitMs: number): Refused {
    const isPaused = now() < this.#blockedUntil;
    const reason = isPaused ? 'It asked for a pause.' : 'Its rate limit is used up for now.';
    return new Refused('UPSTREAM_RATE_LIMITED', reason, waitMs);
  }

  #serve(): void {
    clearTimeout(this.#timer);
    for (;;) {
      const { first } = this.#queue;
      const isProbing = this.#probe !== null && this.#probe !== 'due';
      if (first === null || isProbing || this.#isAcquiring) return;
      const waitMs = this.#waitMs(first);
      if (waitMs <= 0) {
        if (this.#shared?.hasLedger) return void this.#acquire(this.#shared, first);
        this.#queue.serve(this.#grant(first, this.#shared?.note(first) ?? null));
        continue;
      }
      this.#queue.refuseUntil(performance.now() + waitMs);
      if (this.#queue.first !== first) continue;
      this.#timer = setTimeout(() => this.#serve(), Math.min(waitMs, longestTimerMs)).unref();
      return;
    }
  }

  /** Asks the shared ledger, one request at a time. Meanwhile the request may leave, or a more urgent one come. */
  async #acquire(shared: SharedCount, priority: Priority): Promise<void> {
    this.#isAcquiring = true;
    const counted = await shared.acquire(priority, this.#inWindow().length);
    this.#isAcquiring = false;
    if (counted !== null && this.#queue.first === priority) this.#queue.serve(this.#grant(priority, counted));
    else counted?.giveBack();
    this.#serve();
  }

  #grant(priority: Priority, counted: Counted | null): Grant {
    const sent: Sent = { at: Number.POSITIVE_INFINITY, priority };
    if (this.#allowance !== null) this.#sent.push(sent);
    if (this.#sent.length > this.#sentToPruneAt) this.#sentToPruneAt = 100 + 2 * this.#inWindow().length;
    if (this.#probe === 'due') this.#probe = sent;
    if (priority === 'renewal') this.#renewedAt = now();
    return {
      answered: () => {
        counted?.answered();
        sent.at = now();
        if (this.#probe === sent) this.#probe = null;
        this.#serve();
      },
      giveBack: () => {
        counted?.giveBack();
        this.#sent = this.#sent.filter((request) => request !== sent);
        if (this.#probe === sent) this.#probe = 'due';
        this.#serve();
      },
    };
  }

  /** Time until a request may be sent after `ahead` others. A request without a response counts as sent now. */
  #waitMs(priority: Priority, ahead: Record<Priority, number> = noneAhead): number {
    const requestedAt = now();
    let freeAt = Math.max(requestedAt, this.#blockedUntil, this.#shared?.freeAt(priority) ?? 0);
    for (const share of priorities) {
      if (isMoreUrgent(priority, share)) break;
      const before = priorities.reduce((sum, other) => sum + (isMoreUrgent(other, share) ? 0 : ahead[other]), 0);
      const limit = this.#limit(share);
      if (before + this.#sent.length < limit) continue;
      const counted = this.#inWindow().filter((request) => !isMoreUrgent(request.priority, share));
      freeAt = Math.max(freeAt, this.#freeAt(counted, before, limit, requestedAt));
    }
    if (priority === 'renewal') {
      const paceMs = this.#renewalPaceMs();
      freeAt = Math.max(freeAt, Math.max(requestedAt, this.#renewedAt + paceMs) + ahead.renewal * paceMs);
    }
    return freeAt - requestedAt;
  }

  /** When one more request fits into `limit`, after `ahead` others and the requests already counted. */
  #freeAt(sent: readonly Sent[], ahead: number, limit: number, requestedAt: number): number {
    const rounds = Math.floor(ahead / limit);
    const place = (ahead % limit) + sent.length - limit;
    if (place < 0) return requestedAt + rounds * this.#windowMs;
    const times = sent.map(({ at }) => Math.min(at, requestedAt)).sort((a, b) => a - b);
    return (times[place] ?? requestedAt) + (1 + rounds) * this.#windowMs;
  }

  /** Renewals are spread evenly over the window: no request waits for them. */
  #renewalPaceMs(): number {
    return this.#allowance === null ? 0 : this.#windowMs / this.#limit('renewal');
  }

  #limit(priority: Priority): number {
    const caution = now() < this.#cautiousUntil ? sharedShare : 1;
    const count = this.#shared?.part ?? Number.POSITIVE_INFINITY;
    return limitOf(count * caution, shares[priority]);
  }

  #inWindow(): Sent[] {
    const oldest = now() - this.#windowMs;
    this.#sent = this.#sent.filter((request) => request.at > oldest);
    return this.#sent;
  }
}
