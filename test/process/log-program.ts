import { createLogger } from '../../src/server/logger.ts';

/** Logs a thousand lines, and ends, fails, or stays as it is asked. */
const logger = createLogger('info');
const [end] = process.argv.slice(2);
const count = end === 'stay' ? 1 : 1_000;
for (let number = 1; number <= count; number += 1) logger.info({ number }, 'line');
if (end === 'exit') process.exit(3);
if (end === 'fail') throw new Error('on purpose');
if (end === 'stay' || end === 'warn') setInterval(() => undefined, 1_000);
if (end === 'warn') {
  logger.warn('last');
  // The event loop is busy from the next turn on: nothing that waits for a timer is written.
  setTimeout(() => {
    for (;;) if (performance.now() > 60_000) process.exit();
  }, 10);
}
