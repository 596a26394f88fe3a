import { pino } from 'pino';
import { readConfig } from '../config/config.ts';
import { createUpstreamData } from '../loaders/upstream-data.ts';
import { joinFleet } from '../server/join-fleet.ts';
import { ownAccess as access } from '../server/own-access.ts';
import { createGraph } from '../server/yoga.ts';
import { createUpstreams } from '../upstreams/upstreams.ts';

/** A graph in this process. `reason` returns the reason of the last upstream failure; empty before the first. */
export type OwnGraph = { fetch: typeof fetch; reason(): string; close(): Promise<void> };

/** One read of the directory serves all pages, however long they take, so that the output shows one moment. */
const freshSeconds = 86_400;

/** Reads the configured upstreams, or the emulators, as the server does. */
export async function openOwnGraph(): Promise<OwnGraph> {
  const ownConfig = readConfig(process.env);
  const sandbox = ownConfig.mode === 'sandbox' ? await (await import('../sandbox/sandbox.ts')).startSandbox() : null;
  const config = sandbox === null ? ownConfig : { ...ownConfig, upstreams: readConfig(sandbox.env).upstreams };
  // Joins the fleet, so that its requests count against the same rate limits as those of the servers.
  const fleet = await joinFleet(config, pino({ level: 'silent' }));
  const upstreams = createUpstreams(config.upstreams, config.network, fleet.upstreams);
  const { identity } = config;
  let reason = '';
  const write = (line: string) => {
    reason = reasonIn(line) ?? reason;
  };
  const logger = pino({ level: 'warn' }, { write });
  const data = createUpstreamData({ upstreams, identity, freshSeconds });
  void data.start();
  const { secret } = identity;
  const isOwn = { cachesResponses: false, isReadOnly: true, exampleEmail: null, access };
  const graph = createGraph({ upstreams, data, secret, logger, ...isOwn });
  return {
    fetch: async (input, init) => graph.fetch(new Request(input, init)),
    reason: () => reason,
    close: async () => {
      data.close();
      await Promise.all([upstreams.close(), sandbox?.close()]);
      await fleet.close();
    },
  };
}

/** The reason of a failure, from a line of the server's log. Responses do not contain it. */
function reasonIn(line: string): string | null {
  const entry: unknown = JSON.parse(line);
  const reason = typeof entry === 'object' && entry !== null && 'reason' in entry ? entry.reason : null;
  return typeof reason === 'string' ? reason : null;
}
