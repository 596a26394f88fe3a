import type { Environment } from './environment.ts';
import { onOff, wholeNumber } from './formats.ts';

/** How the process behaves towards load balancers and orchestrators. */
export type ServingSettings = {
  /** How long the listener stays open after the signal, while `/readyz` returns 503; 0: closes at once. */
  shutdownDelaySeconds: number;
  /** How long an idle connection stays open for the client's next request. */
  keepAliveSeconds: number;
  /** `/readyz` returns 503 until all lists of people are read once, or restored from a copy. */
  readyNeedsDirectory: boolean;
};

/** nginx and AWS keep idle connections for 60 seconds. The server must not be the first to close one. */
const defaultKeepAliveSeconds = 65;

export function readServing(env: Environment): ServingSettings {
  return {
    shutdownDelaySeconds: env.read('SHUTDOWN_DELAY_SECONDS', wholeNumber(0, 3_600)) ?? 5,
    keepAliveSeconds: env.read('KEEP_ALIVE_SECONDS', wholeNumber(1, 3_600)) ?? defaultKeepAliveSeconds,
    readyNeedsDirectory: env.read('READY_NEEDS_DIRECTORY', onOff) ?? false,
  };
}
