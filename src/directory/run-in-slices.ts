import { setImmediate as nextTurn } from 'node:timers/promises';

/** A step goes on for so long before others have their turn. */
const sliceMs = 8;

/** Runs steps to their end, and lets others run between them. `onSlice`: how long each slice kept them from it. */
export async function runInSlices<T>(steps: Generator<void, T>, onSlice?: (tookMs: number) => void): Promise<T> {
  for (;;) {
    const startedAt = performance.now();
    for (;;) {
      const step = steps.next();
      const tookMs = performance.now() - startedAt;
      if (!step.done && tookMs < sliceMs) continue;
      onSlice?.(tookMs);
      if (step.done) return step.value;
      break;
    }
    await nextTurn();
  }
}
