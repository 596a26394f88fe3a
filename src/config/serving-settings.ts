import type { Environment } from './environment.ts';
import { onOff, wholeNumber } from './formats.ts';

/** How the process takes part in a deployment: what balancers and orchestrators see of it. */
export type ServingSettings = {
  /** From the signal to the end of the listener, while `/readyz` already says 503; 0: at once. */
  shutdownDelaySeconds: number;
  /** How long an idle connection is held for its client's next request. */
  keepAliveSeconds: number;
  /** `/readyz` says 503 until all lists of people were read once, or taken over from a copy. */
  readyNeedsDirectory: boolean;
};

/** Balancers hold idle connections for 60 seconds, as nginx and AWS do: the server must not be the first to close. */
const defaultKeepAliveSeconds = 65;

export function readServing(env: Environment): ServingSettings {
  return {
    shutdownDelaySeconds: env.read('SHUTDOWN_DELAY_SECONDS', wholeNumber(0, 3_600)) ?? 5,
    keepAliveSeconds: env.read('KEEP_ALIVE_SECONDS', wholeNumber(1, 3_600)) ?? defaultKeepAliveSeconds,
    readyNeedsDirectory: env.read('READY_NEEDS_DIRECTORY', onOff) ?? false,
  };
}
