import { createHmac } from 'node:crypto';
import { errors, type JWTPayload, jwtVerify } from 'jose';
import type { Logger } from 'pino';
import type { AuthenticationSettings } from '../../config/access-settings.ts';
import { deriveKey } from '../../domain/derive-key.ts';
import { noProxies } from '../../http/network.ts';
import type { Authenticate } from './authenticate.ts';
import { bearerToken } from './bearer-token.ts';
import { createKeySet, keySetTiming } from './key-set.ts';
import { authenticationUnavailable, unauthenticated } from './unauthenticated.ts';

/** Only asymmetric algorithms: with HS256 the issuer's public key could serve as the secret, and `none` needs no key. */
const algorithms = [
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  ...['ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'],
];

const clockToleranceSeconds = 30;

/**
 * Authenticates callers by a signed token (RFC 7519) of one issuer for one audience. We use jose instead of Yoga's JWT
 * plugin, which does not know EdDSA and responds with 500 to an unknown key id, as if a forged token were our own fault.
 */
export function createJwtAuthentication(
  { jwksUrl, issuer, audience, scopesClaim, proxies = noProxies }: Extract<AuthenticationSettings, { mode: 'jwt' }>,
  secret: string,
  logger: Logger,
  timing = keySetTiming,
): Authenticate {
  const viewerKey = deriveKey(secret, 'viewer');
  const keys = createKeySet(jwksUrl, timing, proxies);
  const requirements = {
    issuer,
    audience,
    algorithms,
    clockTolerance: clockToleranceSeconds,
    requiredClaims: ['sub', 'exp'],
  };
  return async (headers) => {
    const token = bearerToken(headers);
    if (token === null) throw unauthenticated(null);
    try {
      const { payload } = await jwtVerify(token, keys, requirements);
      return { id: digestOf(payload, viewerKey), scopes: scopesOf(payload, scopesClaim) };
    } catch (error) {
      const problem = problemOf(error);
      if (problem !== null) throw unauthenticated(problem);
      logger.error({ err: error }, 'the key set cannot be read: tokens cannot be checked');
      throw authenticationUnavailable(Math.ceil(timing.pauseMs / 1000));
    }
  };
}

/** A subject may be an e-mail address. This keyed digest replaces it everywhere, including the logs. */
const digestOf = ({ iss = '', sub = '' }: JWTPayload, key: Buffer): string =>
  `jwt:${createHmac('sha256', key).update(`${iss}\n${sub}`).digest('hex').slice(0, 16)}`;

/**
 * The scopes of a token, from the claim that the deployment names, else from the first of `scope` (RFC 9068), `scp` (other
 * issuers) and `roles` (Entra's permissions of an application without a user). The order matters: in a user's token, `roles`
 * are the user's roles, and `scp` has what the application may use of them.
 */
function scopesOf(payload: JWTPayload, claim: string | null): string[] {
  const { scope, scp, roles } = payload;
  const given = claim === null ? (scope ?? scp ?? roles) : payload[claim];
  const scopes = typeof given === 'string' ? given.split(' ') : Array.isArray(given) ? given : [];
  return scopes.filter((scope) => typeof scope === 'string' && scope !== '');
}

const outages: string[] = [errors.JWKSTimeout.code, errors.JWKSInvalid.code, errors.JOSEError.code];

/** The problem with the token; null if the error is not about the token. */
function problemOf(error: unknown): string | null {
  if (!(error instanceof errors.JOSEError) || outages.includes(error.code)) return null;
  if (error instanceof errors.JWTExpired) return 'The token has expired.';
  if (error instanceof errors.JWTClaimValidationFailed) return `The token is not acceptable: see its ${error.claim}.`;
  if (error instanceof errors.JOSEAlgNotAllowed) return 'The token is not signed with an accepted algorithm.';
  if (error instanceof errors.JWKSNoMatchingKey)
    return 'The token is signed with a key that the issuer does not publish.';
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'The signature of the token is wrong.';
  return 'The token cannot be read.';
}
