import { setTimeout as delay } from 'node:timers/promises';
import type { Emulator } from '../../src/sandbox/emulator.ts';

/** So many looks in a row without a new request, and all that can be asked has been asked. */
const looks = 6;
const lookMs = 25;

/**
 * Holds all requests, but those for tokens, until no more come, and then answers them together: a round. Requests of a
 * later round had to wait for an answer of the one before. Returns how many rounds there have been.
 */
export function answerInRounds(emulators: readonly Emulator[]): () => number {
  let rounds = 0;
  let held: (() => void)[] = [];

  async function answerAll(): Promise<void> {
    for (let [quiet, known] = [0, 0]; quiet < looks; quiet += 1) {
      await delay(lookMs);
      if (held.length > known) quiet = 0;
      known = held.length;
    }
    rounds += 1;
    const answered = held;
    held = [];
    for (const answer of answered) answer();
  }

  const gate = () =>
    new Promise<void>((resolve) => {
      if (held.length === 0) void answerAll();
      held.push(resolve);
    });
  for (const emulator of emulators) {
    emulator.inject({ matches: ({ path }) => path !== '/connect/token', times: 1_000, gate });
  }
  return () => rounds;
}
