import type { Upstream } from '../domain/upstream.ts';
import { UpstreamError } from '../errors.ts';
import type { Allowance } from '../http/allowance.ts';
import { UpstreamMonitor } from '../http/monitor.ts';
import { defaultNetwork, type Network } from '../http/network.ts';
import { type CtrlHubClient, type CtrlHubConfig, createCtrlHubClient } from './ctrl-hub/client.ts';
import { createLuccaClient, type LuccaClient, type LuccaConfig } from './lucca/client.ts';
import { createNaverClient, type NaverClient, type NaverConfig } from './naver/client.ts';

/** The vendor's allowance for this tenant; null where none is known. */
export type Limited = { allowance: Allowance | null };

/** Settings of the configured upstreams; null for those that are not. */
export type UpstreamsConfig = {
  lucca: (LuccaConfig & Limited) | null;
  ctrlHub: (CtrlHubConfig & Limited) | null;
  naver: (NaverConfig & Limited) | null;
};

export type Clients = { LUCCA: LuccaClient; CTRL_HUB: CtrlHubClient; NAVER: NaverClient };

/** The configured upstreams. They live as long as the process and hold tokens and connections. */
export type Upstreams = {
  isConfigured(upstream: Upstream): boolean;
  /** Throws UPSTREAM_NOT_CONFIGURED. */
  client<U extends Upstream>(upstream: U): Clients[U];
  /** Null for an upstream that is not configured. */
  monitor(upstream: Upstream): UpstreamMonitor | null;
  close(): Promise<void>;
};

export function createUpstreams(config: UpstreamsConfig, network: Network = defaultNetwork): Upstreams {
  const monitors: Record<Upstream, UpstreamMonitor> = {
    LUCCA: new UpstreamMonitor(config.lucca?.allowance ?? null),
    CTRL_HUB: new UpstreamMonitor(config.ctrlHub?.allowance ?? null),
    NAVER: new UpstreamMonitor(config.naver?.allowance ?? null),
  };
  const clients: { [U in Upstream]: Clients[U] | null } = {
    LUCCA: config.lucca && createLuccaClient({ ...config.lucca, network }, monitors.LUCCA),
    CTRL_HUB: config.ctrlHub && createCtrlHubClient({ ...config.ctrlHub, network }, monitors.CTRL_HUB),
    NAVER: config.naver && createNaverClient({ ...config.naver, network }, monitors.NAVER),
  };
  return {
    isConfigured: (upstream) => clients[upstream] !== null,
    client: (upstream) => {
      const client = clients[upstream];
      if (client === null) throw notConfigured(upstream);
      return client;
    },
    monitor: (upstream) => (clients[upstream] === null ? null : monitors[upstream]),
    close: async () => {
      await Promise.all(Object.values(clients).map((client) => client?.close()));
    },
  };
}

export function notConfigured(upstream: Upstream): UpstreamError {
  return new UpstreamError({
    code: 'UPSTREAM_NOT_CONFIGURED',
    upstream,
    message: `This deployment has no access to ${upstream}: set the ${upstream}_* variables to have this field.`,
  });
}
