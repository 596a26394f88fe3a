import { randomBytes, randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { CtrlHubKnobs } from './knobs.ts';

/** Opens a session for any user of the data; the identifier is the user's e-mail. */
export const sandboxPassword = 'sandbox-password';

/** The one service account key of the sandbox. */
export const serviceAccount = {
  clientId: '5ac0ffee-0000-4000-8000-000000000001',
  clientSecret: 'sandbox-client-secret',
};

/** The user of a credential; null for a service account, and for a session without a user. */
export type Holder = { userId: string | null };

export type Session = { token: string; id: string; authenticatedAt: Date; expiresAt: Date };

type Credential = Holder & { expiresAt: number };

/** The issued sessions and access tokens, with their expiry. */
export class Credentials {
  readonly #sessions = new Map<string, Credential>();
  readonly #accessTokens = new Map<string, Credential>();
  readonly #knobs: CtrlHubKnobs;
  readonly #now: () => Date;

  constructor(knobs: CtrlHubKnobs, now: () => Date) {
    this.#knobs = knobs;
    this.#now = now;
  }

  /** Adds a session with a known token, valid until it is ended: an operator's setting. */
  admit(token: string, userId: string | null): void {
    this.#sessions.set(token, { userId, expiresAt: Number.POSITIVE_INFINITY });
  }

  openSession(userId: string): Session {
    const authenticatedAt = this.#now();
    const expiresAt = new Date(authenticatedAt.getTime() + this.#knobs.sessionLifetimeHours * 3_600_000);
    const token = randomBytes(24).toString('base64url');
    this.#sessions.set(token, { userId, expiresAt: expiresAt.getTime() });
    return { token, id: randomUUID(), authenticatedAt, expiresAt };
  }

  issueAccessToken(): { token: string; expiresInSeconds: number } {
    const expiresInSeconds = this.#knobs.accessTokenLifetimeSeconds;
    const token = randomBytes(24).toString('base64url');
    const expiresAt = this.#now().getTime() + expiresInSeconds * 1000;
    this.#accessTokens.set(token, { userId: null, expiresAt });
    return { token, expiresInSeconds };
  }

  /** False for an unknown token. A session may be ended twice. */
  endSession(token: string): boolean {
    const session = this.#sessions.get(token);
    if (session === undefined) return false;
    session.expiresAt = Number.NEGATIVE_INFINITY;
    return true;
  }

  /** Ends every issued session and access token. */
  expireAll(): void {
    for (const credential of [...this.#sessions.values(), ...this.#accessTokens.values()]) {
      credential.expiresAt = Number.NEGATIVE_INFINITY;
    }
  }

  /** Undefined if neither header has a valid credential. */
  holderOf(headers: IncomingHttpHeaders): Holder | undefined {
    return this.sessionHolder(headers) ?? this.#live(this.#accessTokens.get(bearerToken(headers)));
  }

  sessionHolder(headers: IncomingHttpHeaders): Holder | undefined {
    return this.#live(this.#sessions.get(String(headers['x-session-token'] ?? '')));
  }

  #live(credential: Credential | undefined): Holder | undefined {
    return credential !== undefined && credential.expiresAt > this.#now().getTime() ? credential : undefined;
  }
}

const bearerToken = ({ authorization = '' }: IncomingHttpHeaders): string =>
  /^Bearer +(\S+)$/i.exec(authorization)?.[1] ?? '';
