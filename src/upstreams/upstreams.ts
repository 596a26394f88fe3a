import { type Upstream, upstreams } from '../domain/upstream.ts';
import { UpstreamError } from '../errors.ts';
import type { Allowance } from '../http/allowance.ts';
import { alone, type Sharing } from '../http/ledger.ts';
import { UpstreamMonitor } from '../http/monitor.ts';
import { defaultNetwork, type Network } from '../http/network.ts';
import { createCtrlHubClient } from './ctrl-hub/client.ts';
import { createLuccaClient } from './lucca/client.ts';
import type { TokenStore } from './lucca/token-store.ts';
import { createNaverClient } from './naver/client.ts';

/** Create the client of one account, which lives as long as the process. */
const factories = {
  LUCCA: createLuccaClient,
  NAVER: createNaverClient,
  CTRL_HUB: createCtrlHubClient,
} satisfies Record<Upstream, unknown>;

type Factories = typeof factories;
type Settings<U extends Upstream> = Parameters<Factories[U]>[0];

export type Clients = { [U in Upstream]: ReturnType<Factories[U]> };

/** The vendor's rate limit for this tenant; null if unknown. */
export type Limited = { allowance: Allowance | null };

/** Settings of each upstream; null if it is not configured. */
export type UpstreamsConfig = { [U in Upstream]: (Settings<U> & Limited) | null };

type Create<U extends Upstream> = (settings: NonNullable<UpstreamsConfig[U]>, monitor: UpstreamMonitor) => Clients[U];

/** The configured upstreams. They live as long as the process, and hold tokens and connections. */
export type Upstreams = {
  isConfigured(upstream: Upstream): boolean;
  /** Throws UPSTREAM_NOT_CONFIGURED. */
  client<U extends Upstream>(upstream: U): Clients[U];
  /** Null for an upstream that is not configured. */
  monitor(upstream: Upstream): UpstreamMonitor | null;
  close(): Promise<void>;
};

/** What processes with the same accounts share. */
export type SharedUpstreams = {
  allowanceOf(upstream: Upstream): Sharing;
  tokenStore?: TokenStore;
};

const unshared: SharedUpstreams = { allowanceOf: () => alone };

export function createUpstreams(
  config: UpstreamsConfig,
  network: Network = defaultNetwork,
  { allowanceOf, tokenStore }: SharedUpstreams = unshared,
): Upstreams {
  const monitorOf = (upstream: Upstream) =>
    new UpstreamMonitor(config[upstream]?.allowance ?? null, allowanceOf(upstream));
  const monitors = new Map(upstreams.map((upstream) => [upstream, monitorOf(upstream)]));
  const create: { readonly [U in Upstream]: Create<U> } = factories;

  function open<U extends Upstream>(upstream: U): Clients[U] | null {
    const settings = config[upstream];
    const monitor = monitors.get(upstream);
    return settings === null || monitor === undefined
      ? null
      : create[upstream]({ ...settings, network, ...(tokenStore && { tokenStore }) }, monitor);
  }

  let clients: { readonly [U in Upstream]?: Clients[U] | null } = {};
  for (const upstream of upstreams) clients = { ...clients, [upstream]: open(upstream) };

  return {
    isConfigured: (upstream) => config[upstream] !== null,
    client: (upstream) => {
      const client = clients[upstream];
      if (client == null) throw notConfigured(upstream);
      return client;
    },
    monitor: (upstream) => (config[upstream] === null ? null : (monitors.get(upstream) ?? null)),
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
