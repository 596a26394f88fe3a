import { UpstreamError } from '../errors.ts';
import type { IssuedToken, TokenStore } from '../upstreams/lucca/token-store.ts';
import { failureFromJson, failureToJson } from './failure.ts';
import type { Redis } from './redis.ts';
import type { Seal } from './seal.ts';
import { type Lease, SharedValue } from './turns.ts';

/**
 * Shares one access token among all replicas with the same credentials, which are the context of `seal`. One replica requests
 * the next token; the others wait for it.
 */
export function createTokenStore(redis: Redis, seal: Seal, key: string): TokenStore {
  const shared = new SharedValue(redis, key);
  const open = (bytes: Buffer): string | null => seal.open(key, bytes);

  async function issueAndShare(issue: () => Promise<IssuedToken>, lease: Lease): Promise<IssuedToken> {
    try {
      const token = await issue();
      const { value, ageMs, lifetimeMs, missingScopes } = token;
      const bytes = seal.close(key, JSON.stringify({ value, lifetimeMs, missingScopes }));
      // An expired token is not shared.
      const lastsMs = lifetimeMs - ageMs;
      const version = lastsMs > 0 ? await lease.publish({ bytes, ageMs, lastsMs }) : null;
      if (version === null) await lease.release();
      return token;
    } catch (error) {
      if (error instanceof UpstreamError) await lease.fail(seal.close(key, JSON.stringify(failureToJson(error))));
      else await lease.release();
      throw error;
    }
  }

  return {
    get: async (isGood, issue) => {
      const turn = await shared.turn<IssuedToken>({
        use: ({ bytes, ageMs }) => {
          const text = open(bytes);
          if (text === null) return undefined;
          // The seal proves that a replica wrote this text.
          const token: IssuedToken = { ...JSON.parse(text), ageMs };
          return isGood(token) ? token : undefined;
        },
      });
      if ('used' in turn) return turn.used;
      if ('lease' in turn) return issueAndShare(issue, turn.lease);
      const failure = failureFromJson(JSON.parse(open(turn.failed) ?? 'null'));
      if (failure !== null) throw failure;
      return issue();
    },
  };
}
