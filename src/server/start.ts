import { constants } from 'node:os';
import { type Config, describeUpstreams, readConfig } from '../config/config.ts';
import { ConfigError } from '../config/config-error.ts';
import { loadEnvFile } from '../config/env-file.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { listenToAdmins } from './admin/admin-server.ts';
import { createConfiguredGraph } from './configured-graph.ts';
import { graceMs } from './drain.ts';
import { listen } from './http-server.ts';
import { createLogger } from './logger.ts';
import { listenForMetrics } from './metrics/metrics-server.ts';

/** A terminal signals the whole process group, and npm forwards the signal too: signals this close together count as one. */
const sameSignalMs = 500;

await start(orExit(ownConfig), process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`hr-graph could not start: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});

async function start(given: Config, args: string[]): Promise<void> {
  const sandbox = given.mode === 'sandbox' ? await startOwnSandbox(args) : null;
  if (sandbox === null && args.length > 0) {
    throw new Error(`expected no arguments in live mode, got ${args[0]}: only the sandbox fails on demand`);
  }
  // hr-graph reaches the emulators as it reaches real systems: same settings, clients, signatures and tokens.
  const config = sandbox === null ? given : { ...given, upstreams: readConfig(sandbox.env).upstreams };
  const logger = createLogger(config.logLevel);
  for (const warning of config.warnings) logger.warn(warning);
  const { graph, readiness, metrics, close } = await createConfiguredGraph(
    config,
    logger,
    sandbox?.showcaseEmail ?? null,
  );
  const admins = config.adminSocket === null ? null : await listenToAdmins(config.adminSocket, graph, logger);
  const server = await listen(graph, { ...config, ...config.serving, readiness }).catch((error: unknown) => {
    throw cannotListen(error, config);
  });
  const scraped = config.telemetry.metrics;
  const metricsServer =
    metrics &&
    scraped &&
    (await listenForMetrics(metrics, scraped).catch((error: unknown) => {
      throw cannotListen(error, scraped, 'METRICS_');
    }));
  if (metricsServer) logger.info(metricsServer.address, 'metrics are at /metrics');
  process.on('SIGUSR2', () => {
    void graph.invalidate().then(() => logger.info('invalidated: everything that was read from the upstreams'));
  });
  let stoppingSince: number | null = null;
  const stop = async (signal: 'SIGINT' | 'SIGTERM') => {
    if (stoppingSince !== null) {
      if (performance.now() - stoppingSince > sameSignalMs) process.exit(128 + constants.signals[signal]);
      return;
    }
    stoppingSince = performance.now();
    // After Ctrl-C there is no load balancer to wait for.
    const delaySeconds = signal === 'SIGTERM' ? config.serving.shutdownDelaySeconds : 0;
    logger.info({ signal, delaySeconds }, 'stopping: running operations may finish');
    await server.stop({ delayMs: delaySeconds * 1000, graceMs });
    await Promise.all([admins?.stop(), metricsServer?.stop()]);
    await Promise.all([close(), sandbox?.close()]);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop(signal));
  process.stdout.write(`hr-graph answers at ${server.url} (${sourceOf(config, sandbox)})\n`);
}

/** `args`: failures on demand. */
async function startOwnSandbox(args: string[]): Promise<Sandbox> {
  const sandbox = await (await import('../sandbox/sandbox.ts')).startSandbox();
  if (args.length > 0) (await import('../sandbox/trouble.ts')).bringTrouble(sandbox, args);
  return sandbox;
}

function sourceOf(config: Config, sandbox: Sandbox | null): string {
  return sandbox === null ? describeUpstreams(config) : 'sandbox: invented people, emulated upstreams';
}

function ownConfig(): Config {
  loadEnvFile(process.env);
  return readConfig(process.env);
}

function orExit(read: () => Config): Config {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}

/** Names the setting to change, which the operating system's message does not. */
function cannotListen(error: unknown, { host, port }: { host: string; port: number }, prefix = ''): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  switch (code) {
    case 'EADDRINUSE':
      return new Error(`${prefix}PORT: ${port} of ${host} is in use; set PORT to another, or to 0 for any free one`);
    case 'EACCES':
      return new Error(`${prefix}PORT: this user may not listen to ${port}; set PORT to 1024 or more`);
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new Error(`${prefix}HOST: ${host} is not an address of this machine`);
    default:
      return error;
  }
}
