import type { Logger } from 'pino';
import type { Config } from '../config/config.ts';
import { deriveKey } from '../domain/derive-key.ts';
import type { Fleet } from '../fleet/fleet.ts';
import type { UpstreamsConfig } from '../upstreams/upstreams.ts';
import { accountOf, accountsOf, digestOf } from './accounts.ts';
import type { CallerCounts } from './limits/caller-allowance.ts';

/** What this replica shares with the others. Without REDIS_URL that is only their number. */
export type Membership = Partial<Pick<Fleet, 'data'>> &
  Pick<Fleet, 'upstreams' | 'close'> & {
    isAlone: boolean;
    callerCounts: CallerCounts;
    redis?: () => 'UP' | 'AWAY';
  };

export async function joinFleet(
  { fleet, upstreams, identity, freshSeconds }: Config,
  logger: Logger,
): Promise<Membership> {
  const { replicas, redis } = fleet;
  if (redis === null) {
    const upstreamsAlone = { allowanceOf: () => ({ replicas, openLedger: null }) };
    return {
      upstreams: upstreamsAlone,
      isAlone: true,
      callerCounts: { replicas, store: null },
      close: async () => undefined,
    };
  }
  // Loaded only here: the client is large, and not every deployment has Redis.
  const { openFleet } = await import('../fleet/fleet.ts');
  const secrets = [identity.secret, ...(redis.otherSecret === null ? [] : [redis.otherSecret])];
  const opened = await openFleet({
    url: redis.url,
    timeoutMs: redis.timeoutMs,
    keys: secrets.map((secret) => deriveKey(secret, 'fleet')),
    replicas,
    names: {
      deployment: accountsOf(upstreams),
      accountOf: (upstream) => accountOf(upstreams, upstream),
      contextOf: (upstream) => JSON.stringify([upstreams[upstream], freshSeconds]),
      token: tokenNames(upstreams),
    },
    onAway: (reason) =>
      logger.warn(
        { reason, replicas },
        'Redis is away: this replica continues alone, with its share of the rate limits',
      ),
    onBack: () => logger.info('Redis is back'),
  });
  const { data, close } = opened;
  const callerCounts = { replicas, store: { prefix: opened.callersPrefix, eval: opened.eval } };
  const state = () => (opened.isAway ? 'AWAY' : 'UP');
  return { upstreams: opened.upstreams, data, close, callerCounts, isAlone: opened.isAway, redis: state };
}

function tokenNames({ LUCCA }: UpstreamsConfig) {
  if (LUCCA === null) return null;
  const { tokenUrl, clientId, scopes, clientSecret } = LUCCA;
  return { name: digestOf([tokenUrl, clientId, scopes]), context: clientSecret };
}
