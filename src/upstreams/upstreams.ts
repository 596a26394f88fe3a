import type { Reading, SkippedRow } from '../domain/list-reading.ts';
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

/** Told after each list that was read what of it could not be used, where there was anything. */
export type OnSkipped = (upstream: Upstream, skipped: readonly SkippedRow[]) => void;

export function createUpstreams(
  config: UpstreamsConfig,
  onSkipped: OnSkipped,
  network: Network = defaultNetwork,
): Upstreams {
  const monitors: Record<Upstream, UpstreamMonitor> = {
    LUCCA: new UpstreamMonitor(config.lucca?.allowance ?? null),
    CTRL_HUB: new UpstreamMonitor(config.ctrlHub?.allowance ?? null),
    NAVER: new UpstreamMonitor(config.naver?.allowance ?? null),
  };
  const telling = tellingOf(onSkipped);
  const clients: { [U in Upstream]: Clients[U] | null } = {
    LUCCA: config.lucca && telling.LUCCA(createLuccaClient({ ...config.lucca, network }, monitors.LUCCA)),
    CTRL_HUB:
      config.ctrlHub && telling.CTRL_HUB(createCtrlHubClient({ ...config.ctrlHub, network }, monitors.CTRL_HUB)),
    NAVER: config.naver && telling.NAVER(createNaverClient({ ...config.naver, network }, monitors.NAVER)),
  };
  return {
    isConfigured: (upstream) => clients[upstream] !== null,
    client: (upstream) => clients[upstream] ?? throwNotConfigured(upstream),
    monitor: (upstream) => (clients[upstream] === null ? null : monitors[upstream]),
    close: async () => {
      await Promise.all(Object.values(clients).map((client) => client?.close()));
    },
  };
}

type Read<List> = (previous: List | null) => Reading<List>;

/** The same clients, whose lists tell what was skipped. */
function tellingOf(onSkipped: OnSkipped): { [U in Upstream]: (client: Clients[U]) => Clients[U] } {
  const tell =
    <List extends { readonly skipped: readonly SkippedRow[] }>(upstream: Upstream, read: Read<List>): Read<List> =>
    (previous) => {
      const reading = read(previous);
      return {
        attempt: async (onProgress) => {
          const list = await reading.attempt(onProgress);
          if (list.skipped.length > 0) onSkipped(upstream, list.skipped);
          return list;
        },
      };
    };
  return {
    LUCCA: (client) => ({
      ...client,
      employees: tell('LUCCA', client.employees),
      jobQualifications: tell('LUCCA', client.jobQualifications),
      professions: tell('LUCCA', client.professions),
    }),
    CTRL_HUB: (client) => ({
      ...client,
      assignments: tell('CTRL_HUB', client.assignments),
      members: tell('CTRL_HUB', client.members),
    }),
    NAVER: (client) => ({
      ...client,
      grades: tell('NAVER', client.grades),
      positions: tell('NAVER', client.positions),
      people: tell('NAVER', client.people),
    }),
  };
}

function throwNotConfigured(upstream: Upstream): never {
  throw new UpstreamError({
    code: 'UPSTREAM_NOT_CONFIGURED',
    upstream,
    message: `This deployment has no access to ${upstream}: set the ${upstream}_* variables to have this field.`,
  });
}
