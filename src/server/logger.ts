import { type Logger, pino } from 'pino';

/** JSON lines on standard error; standard output carries the start line only. */
export const createLogger = (level: string): Logger =>
  pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination({ dest: 2, sync: false }));
