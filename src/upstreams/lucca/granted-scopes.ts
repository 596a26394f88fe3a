import { UpstreamError } from '../../errors.ts';
import type { RequestInfo } from './failure.ts';
import { isInvalidScope } from './token-request.ts';

/** How long a scope that was not granted is not asked for again. */
const askAgainMs = 300_000;

/**
 * The scopes that Lucca grants to this client. It refuses a whole token for one scope that was not granted
 * (`invalid_scope`, without its name), so each scope is then tried once by itself, and the token is asked for without
 * those that were refused. They are cached, and tried again every five minutes by a list that needs them.
 */
export class GrantedScopes {
  readonly #scopes: readonly string[];
  readonly #now: () => number;
  readonly #onMissing: (missing: readonly string[]) => void;
  #missing: readonly string[] = [];
  #askAgainAt = 0;

  /** `scopes`: separated by spaces. `onMissing` is called when a scope is found missing. */
  constructor(scopes: string, now: () => number, onMissing: (missing: readonly string[]) => void) {
    this.#scopes = scopes.split(' ');
    this.#now = now;
    this.#onMissing = onMissing;
  }

  get missing(): readonly string[] {
    return this.#missing;
  }

  /** Whether this scope is known to be missing. */
  lacks({ scope }: RequestInfo): boolean {
    return this.#missing.includes(scope);
  }

  /** Whether it is time to try the missing scopes again. */
  get isDue(): boolean {
    return this.#missing.length > 0 && this.#now() >= this.#askAgainAt;
  }

  /** Calls `request` for a token with all granted scopes. Throws its errors. */
  async issue<Token>(request: (scopes: string) => Promise<Token>): Promise<Token> {
    if (this.isDue) this.#found(await this.#refused(this.#missing, request));
    try {
      return await request(this.#granted.join(' '));
    } catch (error) {
      if (!isInvalidScope(error)) throw error;
      const refused = await this.#refused(this.#scopes, request);
      if (refused.length === this.#scopes.length) throw error;
      this.#found(refused);
      return request(this.#granted.join(' '));
    }
  }

  /** Takes over what the current token lacks, which another process may have found out. */
  learn(missing: readonly string[]): void {
    if (missing.join(' ') !== this.#missing.join(' ')) this.#found(missing);
  }

  /** The error of a list whose scope is missing. */
  failureFor({ subject, scope }: RequestInfo): UpstreamError {
    return new UpstreamError({
      code: 'UPSTREAM_AUTH_FAILED',
      upstream: 'LUCCA',
      message: `${subject}: Lucca does not grant the scope ${scope} to this API client. Grant it in Lucca (integration keys).`,
      summary: `has not granted us ${scope}`,
      retryAfterSeconds: Math.max(1, Math.ceil((this.#askAgainAt - this.#now()) / 1000)),
      isUnsent: true,
    });
  }

  #found(missing: readonly string[]): void {
    const isNew = missing.some((scope) => !this.#missing.includes(scope));
    this.#missing = missing;
    this.#askAgainAt = this.#now() + askAgainMs;
    if (isNew) this.#onMissing(missing);
  }

  get #granted(): readonly string[] {
    return this.#scopes.filter((scope) => !this.#missing.includes(scope));
  }

  /** One after another: the endpoint is shared by all of Lucca's customers. */
  async #refused(scopes: readonly string[], request: (scope: string) => Promise<unknown>): Promise<readonly string[]> {
    const refused: string[] = [];
    for (const scope of scopes) {
      try {
        await request(scope);
      } catch (error) {
        if (!isInvalidScope(error)) throw error;
        refused.push(scope);
      }
    }
    return refused;
  }
}
