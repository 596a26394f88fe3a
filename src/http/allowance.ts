import type { RequestContext } from './request-context.ts';
import { Turns } from './turns.ts';

/** The vendor's allowance: so many requests in any window of so many seconds. */
export type Allowance = { count: number; seconds: number };

export type RateLimit = { limit: number; remaining: number; resetsAt: string };

/** The request was not sent: its turn would come after the time that somebody waits for it. */
export class AllowanceSpent extends Error {
  readonly retryAfterSeconds: number;

  constructor(waitMs: number) {
    super('The allowance is spent.');
    this.retryAfterSeconds = Math.max(1, Math.ceil(waitMs / 1000));
  }
}

/** A request that was allowed; to be told when its answer came, which is the latest moment that the vendor counts it at. */
export type Spent = { answered(): void };

/** For clocks that do not run alike. */
const marginMs = 250;
/** What nobody waits for leaves the last third of the allowance to people who wait for an answer. */
const backgroundShare = 2 / 3;
/** Of the allowance, in the windows after the vendor refused though we had kept to it: others draw on it as well. */
const sharedShare = 1 / 2;
const cautiousWindows = 2;

/**
 * Keeps an allowance: a request goes when, by our own count and by what the vendor has said, it will not be refused. Until
 * then it waits for its turn, people before the background and one operation after another. Our own code, because the
 * limiters of the registry count fixed windows, which let twice the allowance through at their seams, and know no turns.
 */
export class AllowanceLimiter {
  readonly #allowance: number;
  readonly #windowMs: number;
  #counted: { at: number }[] = [];
  #blockedUntil = 0;
  #cautiousUntil = 0;
  readonly #people = new Turns<Spent>();
  readonly #background = new Turns<Spent>();
  #timer: NodeJS.Timeout | undefined;

  constructor({ count, seconds }: Allowance) {
    this.#allowance = count;
    this.#windowMs = seconds * 1000 + marginMs;
  }

  /** Resolves when the request may go. Throws AllowanceSpent, at once, where that would be past the deadline of the context. */
  take(context: RequestContext): Promise<Spent> {
    const isBackground = context.priority !== 'interactive';
    const turns = isBackground ? this.#background : this.#people;
    const waitMs = this.#waitMs(turns.ahead(context), isBackground);
    if (waitMs > context.remainingMs) return Promise.reject(new AllowanceSpent(waitMs));
    return new Promise((go, fail) => {
      turns.add({ context, go, fail });
      this.#serve();
    });
  }

  /** The vendor has refused a request, and named the time after which it will not, where it did. */
  refused(retryAfterSeconds: number): void {
    const now = Date.now();
    this.#cautiousUntil = now + cautiousWindows * this.#windowMs;
    this.#blockedUntil = Math.max(this.#blockedUntil, now + retryAfterSeconds * 1000);
    this.#serve();
  }

  /** How long so many requests of a long read will have to wait in all. */
  secondsFor(requests: number): number {
    return Math.ceil(this.#waitMs(requests - 1, true) / 1000);
  }

  status(now: number = Date.now()): RateLimit {
    const used = this.#inWindow();
    const remaining = now < this.#blockedUntil ? 0 : Math.max(0, this.#limit(false) - used.length);
    const first = Math.min(now, ...used.map((it) => it.at));
    const resetsAt = Math.max(used.length === 0 ? now : first + this.#windowMs, this.#blockedUntil);
    return { limit: this.#allowance, remaining, resetsAt: new Date(resetsAt).toISOString() };
  }

  #serve(): void {
    clearTimeout(this.#timer);
    for (;;) {
      const isBackground = this.#people.isEmpty;
      const turns = isBackground ? this.#background : this.#people;
      const waitMs = turns.isEmpty ? 0 : this.#waitMs(0, isBackground);
      if (waitMs > 0) {
        for (const { fail } of turns.takeOutOverdue(performance.now() + waitMs)) fail(new AllowanceSpent(waitMs));
        if (turns.isEmpty) continue;
        this.#timer = setTimeout(() => this.#serve(), waitMs).unref();
        return;
      }
      const next = turns.next();
      if (next === null) return;
      next.go(this.#spend());
    }
  }

  #spend(): Spent {
    const request = { at: Number.POSITIVE_INFINITY };
    this.#counted.push(request);
    const answered = () => {
      request.at = Date.now();
      this.#serve();
    };
    return { answered };
  }

  /** How long until a request may go before which so many others go. What has no answer yet counts as sent just now. */
  #waitMs(ahead: number, isBackground: boolean): number {
    const now = Date.now();
    const limit = this.#limit(isBackground);
    const times = this.#inWindow().map((it) => Math.min(it.at, now));
    const place = ahead - (limit - times.length);
    const inTurn = times.sort((a, b) => a - b)[place];
    const laterRounds = Math.floor((place - times.length) / limit) + 1;
    const freeAt =
      place < 0 ? now : inTurn === undefined ? now + (1 + laterRounds) * this.#windowMs : inTurn + this.#windowMs;
    return Math.max(freeAt, this.#blockedUntil) - now;
  }

  #limit(isBackground: boolean): number {
    const caution = Date.now() < this.#cautiousUntil ? sharedShare : 1;
    return Math.max(1, Math.floor(this.#allowance * caution * (isBackground ? backgroundShare : 1)));
  }

  #inWindow(): { at: number }[] {
    const oldest = Date.now() - this.#windowMs;
    this.#counted = this.#counted.filter((it) => it.at > oldest);
    return this.#counted;
  }
}
