import type { IncomingMessage } from 'node:http';
import type { Viewer } from '../../resolvers/context.ts';
import type { Outcome } from './execution/outcome.ts';

/** Facts about a request that are known before the endpoint handles it. */
export type CallerContext = {
  /** Absent if the endpoint has to authenticate the caller. */
  viewer?: Viewer;
  /** The error, if authentication failed. */
  refusal?: unknown;
  /** The request of `node:http`. */
  req?: IncomingMessage;
  /** Whether all writes before this request have been applied. */
  isCaughtUp?: boolean;
  /** Called with the outcome of the operation. */
  onOutcome?: (outcome: Outcome) => void;
};
