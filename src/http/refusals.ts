import { now as systemNow } from '../domain/now.ts';
import { UpstreamError } from '../errors.ts';
import { Backoff } from './backoff.ts';

/** What a missing right is about: a method, and the path as the vendor documents it, without values. */
export type Endpoint = { method: string; route: string };

type Held = {
  error: UpstreamError;
  backoff: Backoff;
  /** Settles with the try after a pause; null while there is none. */
  probe: Promise<void> | null;
};

const credential = 'credential';

/**
 * What one upstream refuses us: the credential as a whole (401), or single endpoints (403). It is not asked again with
 * every operation, because some vendors lock accounts for that. During a pause the refusal is thrown again; then one
 * request is sent as a try, the others wait for its outcome, and a success ends the refusal.
 */
export class Refusals {
  readonly #now: () => number;
  /** By `credential`, or by endpoint. */
  readonly #held = new Map<string, Held>();

  /** `now`: in milliseconds. */
  constructor(now: () => number = systemNow) {
    this.#now = now;
  }

  /** True until a request is accepted. */
  get isCredentialRefused(): boolean {
    return this.#held.has(credential);
  }

  /** Throws the refusal of the credential or of the endpoint again, while its pause lasts. */
  admit(endpoint: Endpoint): void {
    const held = this.#heldFor(endpoint).find(({ backoff }) => backoff.remainingMs > 0);
    if (held !== undefined) throw heldBack(held.error, held.backoff.remainingMs);
  }

  /** Sends a request and records its outcome. Throws as `admit` does, and whatever `send` throws. */
  async run<T>(endpoint: Endpoint, send: () => Promise<T>): Promise<T> {
    for (;;) {
      this.admit(endpoint);
      const held = this.#heldFor(endpoint);
      const probed = held.find(({ probe }) => probe !== null);
      if (probed === undefined) return this.#try(held, () => this.#judge(endpoint, send));
      await probed.probe;
      if (this.#heldFor(endpoint).includes(probed)) throw heldBack(probed.error, probed.backoff.remainingMs);
    }
  }

  #heldFor(endpoint: Endpoint): Held[] {
    return [credential, nameOf(endpoint)].flatMap((name) => this.#held.get(name) ?? []);
  }

  async #try<T>(held: readonly Held[], send: () => Promise<T>): Promise<T> {
    const result = send();
    const probe = result.then(
      () => undefined,
      () => undefined,
    );
    for (const it of held) it.probe = probe;
    try {
      return await result;
    } finally {
      for (const it of held) it.probe = null;
    }
  }

  async #judge<T>(endpoint: Endpoint, send: () => Promise<T>): Promise<T> {
    try {
      const value = await send();
      this.#held.delete(credential);
      this.#held.delete(nameOf(endpoint));
      return value;
    } catch (error) {
      if (!(error instanceof UpstreamError) || error.refused === undefined) throw error;
      // A missing right means that the credential was accepted.
      if (error.refused === 'request') this.#held.delete(credential);
      const { remainingMs } = this.#hold(error.refused === 'request' ? nameOf(endpoint) : credential, error);
      throw withRetryAfter(error, remainingMs);
    }
  }

  #hold(name: string, error: UpstreamError): Backoff {
    const held = this.#held.get(name) ?? { error, backoff: new Backoff(this.#now), probe: null };
    held.error = error;
    held.backoff.fail((error.retryAfterSeconds ?? 0) * 1000);
    this.#held.set(name, held);
    return held.backoff;
  }
}

const nameOf = ({ method, route }: Endpoint): string => `${method} ${route}`;

const withRetryAfter = (error: UpstreamError, waitMs: number): UpstreamError =>
  new UpstreamError({ ...error, message: error.message, retryAfterSeconds: Math.max(1, Math.ceil(waitMs / 1000)) });

/** The same error for a request that is not sent: `waitMs` from now the upstream is asked again. */
export const heldBack = (error: UpstreamError, waitMs: number): UpstreamError =>
  new UpstreamError({ ...withRetryAfter(error, waitMs), message: error.message, isUnsent: true, isTransient: false });
