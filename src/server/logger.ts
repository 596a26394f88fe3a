import { type DestinationStream, type Logger, pino } from 'pino';
import { currentRequestId } from './telemetry/request-scope.ts';

/** Of pino's levels. */
const warnLevel = 40;

/** Writes JSON lines to standard error, each with the id of its request. Standard output has only the start line. */
export const createLogger = (level: string, destination: DestinationStream = standardError()): Logger =>
  pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime, mixin: aboutRequest }, destination);

/**
 * Writes lines in batches, because a write for each line took a fifth of a cached response. A line waits for at most 50 ms.
 * A warning or an error is written at once, with the lines before it. The exit of the process writes the rest: only SIGKILL
 * and a crash of Node itself lose it.
 */
function standardError(): DestinationStream {
  const file = pino.destination({ dest: 2, sync: false, minLength: 4096, periodicFlush: 50 });
  let isUrgent = false;
  // A flush does nothing while a batch is being written.
  file.on('drain', () => {
    if (isUrgent) file.flush();
    isUrgent = false;
  });
  const batches = {
    // Pino sets `lastLevel` before each line.
    [pino.symbols.needsMetadataGsym]: true,
    lastLevel: 0,
    write(line: string) {
      file.write(line);
      if (this.lastLevel < warnLevel) return;
      isUrgent = true;
      file.flush();
    },
  };
  return batches;
}

/** Returns a new object each time, because pino adds the other fields to it. */
function aboutRequest(): { requestId?: string } {
  const requestId = currentRequestId();
  return requestId === null ? {} : { requestId };
}
