import type { RequestListener, ServerResponse } from 'node:http';
import { setImmediate as nextTurn } from 'node:timers/promises';
import packageJson from '../../package.json' with { type: 'json' };
import type { Readiness } from './readiness.ts';

export type ProbeOptions = {
  isStopping(): boolean;
  readiness(): Readiness;
  /** READY_NEEDS_DIRECTORY: not ready until all people are read once. */
  needsDirectory: boolean;
};

const { version } = packageJson;

/** Liveness and readiness, for orchestrators and load balancers. */
export function createProbes({ isStopping, readiness, needsDirectory }: ProbeOptions) {
  let hadDirectory = !needsDirectory;

  const statusOf = ({ hasDirectory }: Readiness) => {
    // After the first complete read the process stays ready: in a later outage it still serves stale data and errors.
    hadDirectory ||= hasDirectory;
    if (isStopping()) return 'stopping';
    return hadDirectory ? 'ready' : 'starting';
  };

  const isAlive: RequestListener = async (_, response) => {
    const askedAt = performance.now();
    // The response waits for a full turn of the event loop: timers, connections and deferred work.
    await nextTurn();
    const eventLoopDelayMilliseconds = Math.round(performance.now() - askedAt);
    respond(response, 200, { status: 'ok', version, eventLoopDelayMilliseconds });
  };

  const isReady: RequestListener = (_, response) => {
    const details = readiness();
    const status = statusOf(details);
    respond(response, status === 'ready' ? 200 : 503, { status, ...details });
  };

  return { isAlive, isReady };
}

function respond(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify(body));
}
