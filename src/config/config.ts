import { upstreams as allUpstreams, type Upstream, upstreamName } from '../domain/upstream.ts';
import type { Network } from '../http/network.ts';
import type { UpstreamsConfig } from '../upstreams/upstreams.ts';
import { type AccessSettings, readAccess } from './access-settings.ts';
import { type AuditTarget, auditTarget } from './audit-target.ts';
import { ConfigError } from './config-error.ts';
import { Environment } from './environment.ts';
import { type FleetSettings, readFleet } from './fleet-settings.ts';
import { anyText, host, oneOf, onOff, wholeNumber } from './formats.ts';
import { readGraphAddress } from './graph-address.ts';
import { type IdentitySettings, readIdentity } from './identity-settings.ts';
import { readNetwork } from './network-settings.ts';
import { readServing, type ServingSettings } from './serving-settings.ts';
import { socketPath } from './socket-path.ts';
import { readSubgraph, type SubgraphSettings } from './subgraph-settings.ts';
import { readTelemetry, type TelemetrySettings } from './telemetry-settings.ts';
import { configuresAnUpstream, readUpstreams } from './upstream-settings.ts';

export type Config = Readonly<{
  /** sandbox: no upstream is configured, so emulators replace all of them. */
  mode: 'sandbox' | 'live';
  host: string;
  /** 0: any free port. */
  port: number;
  serving: ServingSettings;
  /** A level of pino, or silent. */
  logLevel: string;
  telemetry: TelemetrySettings;
  /** All null in sandbox mode. */
  upstreams: UpstreamsConfig;
  network: Network;
  /** How long lists are fresh; 0: every operation reads again. */
  freshSeconds: number;
  /** Whether a response may serve again while all lists behind it are fresh. */
  cachesResponses: boolean;
  /** No write is sent to any upstream. */
  isReadOnly: boolean;
  /** Where the record of who reads which data is written. */
  auditLog: AuditTarget;
  /** The file for a copy of the directory, for a restart; null for none. */
  directoryFile: string | null;
  /** The path of the socket for operators; null for none. */
  adminSocket: string | null;
  fleet: FleetSettings;
  identity: IdentitySettings;
  access: AccessSettings;
  subgraph: SubgraphSettings;
  /** Logged at the start. */
  warnings: readonly string[];
}>;

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

const ownPrefixes = [...allUpstreams.map((upstream) => `${upstream}_`), 'IDENTITY_', 'SUBGRAPH_', 'HR_GRAPH_'];

/**
 * Reads all variables that `.env.example` describes, and the mapping file that one of them names. Throws a ConfigError
 * that lists every wrong, missing or unknown variable.
 */
export function readConfig(variables: Record<string, string | undefined>): Config {
  const env = new Environment(variables);
  const mode = configuresAnUpstream(env) ? 'live' : 'sandbox';
  const settings = {
    mode,
    host: env.read('HOST', host) ?? '127.0.0.1',
    port: env.read('PORT', wholeNumber(0, 65535)) ?? 4000,
    serving: readServing(env),
    logLevel: env.read('LOG_LEVEL', oneOf(logLevels)) ?? 'info',
    telemetry: readTelemetry(env),
    upstreams: readUpstreams(env),
    network: readNetwork(env, mode),
    freshSeconds: env.read('CACHE_FRESH_SECONDS', wholeNumber(0, 86_400)) ?? 15,
    cachesResponses: env.read('CACHE_ANSWERS', onOff) ?? true,
    isReadOnly: env.read('READ_ONLY', onOff) ?? false,
    auditLog: env.read('AUDIT_LOG', auditTarget) ?? 'off',
    directoryFile: env.read('DIRECTORY_FILE', anyText) ?? null,
    adminSocket: env.read('ADMIN_SOCKET', socketPath) ?? null,
    fleet: readFleet(env),
  } as const;
  // Validated here for the programs that query this server, because they may share its .env.
  readGraphAddress(env);
  const identity = readIdentity(env, mode);
  const access = readAccess(env, settings);
  const subgraph = readSubgraph(env, mode, access);
  env.reportUnknown(ownPrefixes);
  if (env.problems.length > 0 || identity === null || access === null) throw new ConfigError(env.problems);
  return { ...settings, identity, access, subgraph, warnings: env.warnings };
}

/** The configured upstreams, for the start line: `Lucca, NAVER WORKPLACE`. */
export function describeUpstreams({ mode, upstreams }: Config): string {
  const isUsed = (upstream: Upstream) => mode === 'sandbox' || upstreams[upstream] !== null;
  const names = allUpstreams.filter(isUsed).map(upstreamName).join(', ');
  return mode === 'sandbox' ? `${names} (all emulated)` : names;
}
