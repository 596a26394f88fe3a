import { setImmediate as nextTurn } from 'node:timers/promises';

/** Longest time for which steps run before they yield to the event loop. */
const sliceMs = 8;

/** Runs a generator, and yields to the event loop between slices. `onSlice` gets the duration of each slice. */
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
