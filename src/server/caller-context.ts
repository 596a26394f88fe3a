import type { IncomingMessage } from 'node:http';
import type { Viewer } from '../../resolvers/context.ts';
import type { Outcome } from './execution/outcome.ts';

/** What is known of a request before the endpoint has it. */
export type CallerContext = {
  /** Absent where the endpoint is to find out. */
  viewer?: Viewer;
  /** Why the caller was turned away. */
  refusal?: unknown;
  /** Node's own request. */
  req?: IncomingMessage;
  /** All that was written until the request came has been applied. */
  isCaughtUp?: boolean;
  /** Called with what came of the operation. */
  onOutcome?: (outcome: Outcome) => void;
};
