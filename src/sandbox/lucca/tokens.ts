import { randomBytes } from 'node:crypto';
import type { EmulatorRequest, Reply } from '../emulator.ts';
import { Problem } from './problems.ts';

export type LuccaClients = Record<string, { secret: string; scopes: string[] }>;

type TokenOptions = {
  clients: LuccaClients;
  lifetimeSeconds: number;
  invalidClientStatus: () => number;
  expiresIn: () => 'number' | 'text' | 'absent' | 'zero';
  onIssue: () => void;
};

export type TokenService = {
  /** Handles `POST /connect/token`. */
  issue(request: EmulatorRequest): Reply;
  /** The scopes of an Authorization header's token. Throws 401 for a missing, unknown or expired token. */
  scopesOf(authorization: string | undefined): ReadonlySet<string>;
  expireAll(): void;
};

/** Lucca, Security: the scopes of one token may not exceed 4,000 characters. */
const longestScope = 4000;

/**
 * The client credentials grant (Lucca, Authentication; RFC 6749, 4.4): form-encoded body with the credentials, opaque tokens
 * without refresh. Lucca does not document its error bodies: those of RFC 6749 are assumed. A request without scopes is assumed
 * to get all scopes of its client.
 */
export function createTokenService({
  clients,
  lifetimeSeconds,
  invalidClientStatus,
  expiresIn,
  onIssue,
}: TokenOptions): TokenService {
  const tokens = new Map<string, { scopes: ReadonlySet<string>; endsAt: number }>();

  function issue({ headers, body }: EmulatorRequest): Reply {
    if (!/^application\/x-www-form-urlencoded\b/i.test(headers['content-type'] ?? '')) return refuse('invalid_request');
    const form = new URLSearchParams(body.toString('utf8'));
    const grantType = form.get('grant_type');
    if (grantType === null || new Set(form.keys()).size < form.size) return refuse('invalid_request');
    const client = clients[form.get('client_id') ?? ''];
    if (client === undefined || form.get('client_secret') !== client.secret) {
      return refuse('invalid_client', invalidClientStatus());
    }
    if (grantType !== 'client_credentials') return refuse('unsupported_grant_type');
    const requested = form.get('scope') ?? '';
    const scopes = requested.split(' ').filter((scope) => scope !== '');
    const isGranted = scopes.every((scope) => client.scopes.includes(scope));
    if (requested.length > longestScope || !isGranted) return refuse('invalid_scope');
    return {
      status: 200,
      headers: { 'cache-control': 'no-store' },
      body: newToken(scopes.length > 0 ? scopes : client.scopes),
    };
  }

  function newToken(scopes: string[]) {
    const token = randomBytes(32).toString('base64url');
    tokens.set(token, { scopes: new Set(scopes), endsAt: performance.now() + lifetimeSeconds * 1000 });
    onIssue();
    const seconds = Math.max(1, Math.floor(lifetimeSeconds));
    const form = expiresIn();
    return {
      access_token: token,
      token_type: 'Bearer',
      ...(form === 'number' && { expires_in: seconds }),
      ...(form === 'text' && { expires_in: String(seconds) }),
      ...(form === 'zero' && { expires_in: 0 }),
    };
  }

  function scopesOf(authorization: string | undefined): ReadonlySet<string> {
    const [, bearer = ''] = /^Bearer +(\S+)$/i.exec(authorization ?? '') ?? [];
    const token = tokens.get(bearer);
    if (token === undefined || token.endsAt <= performance.now()) {
      const headers = { 'www-authenticate': 'Bearer' };
      throw new Problem(401, 'The access token is missing, invalid or expired.', { headers });
    }
    return token.scopes;
  }

  return { issue, scopesOf, expireAll: () => tokens.clear() };
}

const refuse = (error: string, status = 400): Reply => ({
  status,
  headers: { 'cache-control': 'no-store' },
  body: { error },
});
