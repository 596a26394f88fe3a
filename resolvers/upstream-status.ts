import { upstreams as allUpstreams, type Upstream } from '../src/domain/upstream.ts';
import type { Context } from './context.ts';

export type UpstreamStatus = {
  upstream: Upstream;
  isConfigured: boolean;
  state: 'UP' | 'DEGRADED' | 'DOWN' | 'NOT_CONFIGURED';
  rateLimit: RateLimitStatus | null;
  requests: number;
  lastError: string | null;
  circuit: UpstreamCircuit | null;
  directory: DirectoryProgress | null;
  cache: CacheStatus;
};

/** As the HTTP layer keeps it; spelled out here, because resolvers do not reach down to it. */
export type DirectoryProgress = { people: number; expected: number | null; isComplete: boolean; asOf: string };

/** How reads were answered since the start of the process, and what is kept of the answers. */
export type CacheStatus = ReturnType<Context['loaders']['statistics']['of']>;

export type UpstreamCircuit = { state: 'CLOSED' | 'OPEN' | 'HALF_OPEN'; probeAt: string | null };

export type RateLimitStatus = { limit: number; remaining: number; resetsAt: string };

export function upstreams(_parent: unknown, _args: unknown, { loaders }: Context): UpstreamStatus[] {
  return allUpstreams.map((upstream) => {
    const monitor = loaders.upstreams.monitor(upstream);
    return {
      upstream,
      isConfigured: monitor !== null,
      state: monitor?.health ?? 'NOT_CONFIGURED',
      rateLimit: monitor?.limiter.status() ?? null,
      directory: monitor?.directory ?? null,
      requests: monitor?.requests ?? 0,
      lastError: monitor?.lastError ?? null,
      circuit: monitor && circuitOf(monitor.circuit.status),
      cache: loaders.statistics.of(upstream),
    };
  });
}

const circuitOf = ({
  state,
  probeAt,
}: {
  state: UpstreamCircuit['state'];
  probeAt: number | null;
}): UpstreamCircuit => ({
  state,
  probeAt: probeAt === null ? null : new Date(probeAt).toISOString(),
});
