import { type DestinationStream, type Logger, pino } from 'pino';
import { currentRequestId } from './telemetry/request-scope.ts';

/** JSON lines on standard error; standard output carries the start line only. Each names the request that it is about. */
export const createLogger = (level: string, destination: DestinationStream = standardError()): Logger =>
  pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime, mixin: aboutRequest }, destination);

const standardError = () => pino.destination({ dest: 2, sync: false });

/** A new object each time: pino writes the rest of the line into it. */
function aboutRequest(): { requestId?: string } {
  const requestId = currentRequestId();
  return requestId === null ? {} : { requestId };
}
