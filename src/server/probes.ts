import type { RequestListener, ServerResponse } from 'node:http';
import { setImmediate as nextTurn } from 'node:timers/promises';
import packageJson from '../../package.json' with { type: 'json' };
import type { Readiness } from './readiness.ts';

export type ProbeOptions = {
  isStopping(): boolean;
  readiness(): Readiness;
  /** READY_NEEDS_DIRECTORY: not ready before everybody was read once. */
  needsDirectory: boolean;
};

const { version } = packageJson;

/** What orchestrators and balancers ask: whether the process lives, and whether to send it requests. */
export function createProbes({ isStopping, readiness, needsDirectory }: ProbeOptions) {
  let hadDirectory = !needsDirectory;

  const statusOf = ({ hasDirectory }: Readiness) => {
    // For the first time only: an outage later on is no reason to send nobody.
    hadDirectory ||= hasDirectory;
    if (isStopping()) return 'stopping';
    return hadDirectory ? 'ready' : 'starting';
  };

  const isAlive: RequestListener = async (_, response) => {
    const askedAt = performance.now();
    // An answer takes a turn of the event loop, all of it: timers, connections and what has been put off.
    await nextTurn();
    const eventLoopDelayMilliseconds = Math.round(performance.now() - askedAt);
    answer(response, 200, { status: 'ok', version, eventLoopDelayMilliseconds });
  };

  const isReady: RequestListener = (_, response) => {
    const known = readiness();
    const status = statusOf(known);
    answer(response, status === 'ready' ? 200 : 503, { status, ...known });
  };

  return { isAlive, isReady };
}

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify(body));
}
