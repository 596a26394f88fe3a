import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { Command } from './commands.ts';
import { type Tally, tallyShape } from './tally.ts';

export type Emulators = {
  /**
   * A company of so many people anew, with Lucca's 50 requests in 60 s on or off, and without latency. Resolves with
   * the variables that lead there; what was started before is gone.
   */
  start(options: { people: number; hasAllowance: boolean }): Promise<Record<string, string>>;
  /** How many milliseconds every answer takes from now on. */
  delay(latencyMs: number): Promise<void>;
  /** What was asked since the last call. */
  count(): Promise<Tally>;
  /** So many rows of people change in each system. */
  change(rows: number): Promise<void>;
  stop(): void;
};

const envShape = z.record(z.string(), z.string());

export function forkEmulators(): Emulators {
  const child = fork(fileURLToPath(new URL('process.ts', import.meta.url)));
  const end = once(child, 'exit').then(() => Promise.reject(new Error('The emulators ended.')));
  end.catch(() => {});

  async function tell(command: Command): Promise<unknown> {
    const answer = once(child, 'message');
    child.send(command);
    const [message] = await Promise.race([answer, end]);
    return message;
  }

  return {
    start: async (options) => envShape.parse(await tell({ do: 'start', ...options })),
    delay: async (latencyMs) => void (await tell({ do: 'delay', latencyMs })),
    count: async () => tallyShape.parse(await tell({ do: 'count' })),
    change: async (rows) => void (await tell({ do: 'change', rows })),
    stop: () => void child.kill(),
  };
}
