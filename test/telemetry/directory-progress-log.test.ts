import { pino } from 'pino';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createDirectoryReporter } from '../../src/server/directory-reporter.ts';
import { linesOf } from './log-lines.ts';

beforeEach(() => vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => vi.useRealTimers());

const info = 30;
const debug = 20;

it('The progress of a reading of everybody is an info line until the list is complete, and a debug line in renewals', () => {
  const log: string[] = [];
  const logger = pino({ level: 'debug' }, { write: (line) => void log.push(line) });
  const { onProgress, onLoaded } = createDirectoryReporter(logger);
  const read = () => {
    for (const rows of [100, 169]) {
      onProgress('LUCCA', 'employees', { startedAt: 0, rows, expected: 169, secondsToGo: 0 });
      vi.advanceTimersByTime(6_000);
    }
    onLoaded('LUCCA', 'employees', 169);
  };
  read();
  read();
  expect(linesOf(log).map(({ level, msg }) => [level, msg])).toEqual([
    [info, 'directory being read'],
    [info, 'directory complete'],
    [debug, 'directory being read'],
  ]);
});
