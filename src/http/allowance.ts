import { now } from '../domain/now.ts';
import { FairQueue, longestTimerMs } from './fair-queue.ts';
import { alone, type Counted, type Limits, type Sharing } from './ledger.ts';
import { Refused } from './refused.ts';
import { cancellation, isMoreUrgent, type Priority, priorities, type RequestContext } from './request-context.ts';
import { SharedCount } from './shared-count.ts';

/** The vendor's allowance: so many requests in any window of so many seconds. */
export type Allowance = { count: number; seconds: number };

export type RateLimit = { limit: number; remaining: number; resetsAt: string };

/** A request that may be sent. It counts from its response on, which is the latest moment that the vendor counts it at. */
export type Grant = {
  /** The response has come, or the request has failed on its way. */
  answered(): void;
  /** It was not sent after all. */
  giveBack(): void;
};

export type LimiterOptions = {
  /** Of interactive requests, unless given 1,000. */
  maxWaiting?: number;
  /** Unless given, no other process draws on the allowance. */
  sharing?: Sharing;
};

/** For clocks that do not run alike. */
const marginMs = 250;
/** Of any window: what requests of this priority, and those less urgent, may use together. */
const shares: Record<Priority, number> = { interactive: 1, background: 2 / 3, renewal: 1 / 5 };
/** Of the allowance, in the windows after the vendor refused though we had kept to it: others draw on it as well. */
const sharedShare = 1 / 2;
const cautiousWindows = 2;

const nobody = { interactive: 0, background: 0, renewal: 0 };

type Sent = { at: number; priority: Priority };

const limitOf = (count: number, share: number): number => Math.max(1, Math.floor(count * share));

const limitsOf = (count: number): Limits => ({
  interactive: limitOf(count, shares.interactive),
  background: limitOf(count, shares.background),
  renewal: limitOf(count, shares.renewal),
});

/**
 * Grants requests so that the vendor refuses none, by our own count and by what it has said; until then they wait their
 * turn. After a refusal, and the time that the vendor named, one request goes first and the others wait for its response.
 * Our own code, because the limiters of the registry count fixed windows, which let twice the allowance through at their
 * seams, and know no priorities. Without an allowance only refusals make requests wait. Where other processes draw on the
 * allowance as well, a request whose turn has come here is asked for in the ledger of all.
 */
export class AllowanceLimiter {
  readonly #allowance: Allowance | null;
  readonly #windowMs: number;
  readonly #maxWaiting: number;
  readonly #shared: SharedCount | null;
  #isAsking = false;
  #sent: Sent[] = [];
  #sentToPruneAt = 100;
  #renewedAt = Number.NEGATIVE_INFINITY;
  #blockedUntil = 0;
  #cautiousUntil = 0;
  /** `due` after a refusal, then the request that was sent to find out. */
  #probe: 'due' | Sent | null = null;
  #timer: NodeJS.Timeout | undefined;
  readonly #queue: FairQueue<Grant> = new FairQueue<Grant>({
    late: () => this.#refusal(this.#waitMs(this.#queue.first ?? 'interactive')),
    onChange: () => this.#serve(),
  });

  /** At most `maxWaiting` interactive requests wait; others are as many as the lists that are read have pages. */
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

  /** How many requests wait. */
  get waiting(): number {
    return this.#queue.count();
  }

  /**
   * Resolves when the request may go. Throws Refused at once where that would be past the deadline of its context or
   * where too many wait, and an AbortError when its context is cancelled.
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

  /** The vendor has refused a request, and named the time after which it will not, where it did. */
  refused(retryAfterSeconds: number): void {
    const refusedAt = now();
    this.#cautiousUntil = refusedAt + cautiousWindows * this.#windowMs;
    this.#blockedUntil = Math.max(this.#blockedUntil, refusedAt + retryAfterSeconds * 1000);
    this.#probe = 'due';
    this.#shared?.refused(retryAfterSeconds * 1000);
    this.#serve();
  }

  /** How long so many requests of a long read will have to wait in all. */
  secondsFor(requests: number, priority: Priority): number {
    return Math.ceil(this.#waitMs(priority, { ...nobody, [priority]: requests - 1 }) / 1000);
  }

  /** Null where no allowance is known. */
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
    const reason = isPaused ? 'It asked for a pause.' : 'The allowance of requests is spent for now.';
    return new Refused('UPSTREAM_RATE_LIMITED', reason, waitMs);
  }

  #serve(): void {
    clearTimeout(this.#timer);
    for (;;) {
      const { first } = this.#queue;
      const isProbing = this.#probe !== null && this.#probe !== 'due';
      if (first === null || isProbing || this.#isAsking) return;
      const waitMs = this.#waitMs(first);
      if (waitMs <= 0) {
        if (this.#shared?.hasLedger) return void this.#ask(this.#shared, first);
        this.#queue.serve(this.#grant(first, this.#shared?.note(first) ?? null));
        continue;
      }
      this.#queue.refuseUntil(performance.now() + waitMs);
      if (this.#queue.first !== first) continue;
      this.#timer = setTimeout(() => this.#serve(), Math.min(waitMs, longestTimerMs)).unref();
      return;
    }
  }

  /** One at a time. Whoever waited may have left, or somebody more urgent come. */
  async #ask(shared: SharedCount, priority: Priority): Promise<void> {
    this.#isAsking = true;
    const counted = await shared.ask(priority, this.#inWindow().length);
    this.#isAsking = false;
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
        this.#sent = this.#sent.filter((it) => it !== sent);
        if (this.#probe === sent) this.#probe = 'due';
        this.#serve();
      },
    };
  }

  /** How long until a request may go before which so many others go. What has no response yet counts as sent just now. */
  #waitMs(priority: Priority, ahead: Record<Priority, number> = nobody): number {
    const askedAt = now();
    let freeAt = Math.max(askedAt, this.#blockedUntil, this.#shared?.freeAt(priority) ?? 0);
    for (const share of priorities) {
      if (isMoreUrgent(priority, share)) break;
      const before = priorities.reduce((sum, it) => sum + (isMoreUrgent(it, share) ? 0 : ahead[it]), 0);
      const limit = this.#limit(share);
      if (before + this.#sent.length < limit) continue;
      const counted = this.#inWindow().filter((it) => !isMoreUrgent(it.priority, share));
      freeAt = Math.max(freeAt, this.#freeAt(counted, before, limit, askedAt));
    }
    if (priority === 'renewal') {
      const paceMs = this.#renewalPaceMs();
      freeAt = Math.max(freeAt, Math.max(askedAt, this.#renewedAt + paceMs) + ahead.renewal * paceMs);
    }
    return freeAt - askedAt;
  }

  /** When there is room for one request more, after so many others, within `limit` of those that count. */
  #freeAt(sent: readonly Sent[], ahead: number, limit: number, askedAt: number): number {
    const rounds = Math.floor(ahead / limit);
    const place = (ahead % limit) + sent.length - limit;
    if (place < 0) return askedAt + rounds * this.#windowMs;
    const times = sent.map(({ at }) => Math.min(at, askedAt)).sort((a, b) => a - b);
    return (times[place] ?? askedAt) + (1 + rounds) * this.#windowMs;
  }

  /** Renewals are spread over the window: nothing waits for them. */
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
    this.#sent = this.#sent.filter((it) => it.at > oldest);
    return this.#sent;
  }
}
