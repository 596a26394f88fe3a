import { upstreams as allUpstreams, type Upstream } from '../src/domain/upstream.ts';
import type { CacheStatus } from '../src/loaders/cache-status.ts';
import type { DirectoryStatus } from '../src/loaders/directory-status.ts';
import type { Context } from './context.ts';

export type { CacheStatus, DirectoryStatus };

export type UpstreamStatus = {
  upstream: Upstream;
  isConfigured: boolean;
  state: 'UP' | 'DEGRADED' | 'DOWN' | 'NOT_CONFIGURED';
  rateLimit: RateLimitStatus | null;
  requests: number;
  lastError: string | null;
  circuit: UpstreamCircuit | null;
  directory: DirectoryStatus | null;
  cache: CacheStatus;
};

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
      directory: loaders.directoryStatusOf(upstream),
      requests: monitor?.requests ?? 0,
      lastError: monitor?.lastError ?? null,
      circuit: monitor && circuitOf(monitor.circuit.status),
      cache: loaders.cacheStatusOf(upstream),
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
