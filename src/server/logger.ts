import { type DestinationStream, type Logger, pino } from 'pino';
import { currentRequestId } from './telemetry/request-scope.ts';

/** Writes JSON lines to standard error, each with the id of its request. Standard output has only the start line. */
export const createLogger = (level: string, destination: DestinationStream = standardError()): Logger =>
  pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime, mixin: aboutRequest }, destination);

const standardError = () => pino.destination({ dest: 2, sync: false });

/** Returns a new object each time, because pino adds the other fields to it. */
function aboutRequest(): { requestId?: string } {
  const requestId = currentRequestId();
  return requestId === null ? {} : { requestId };
}
