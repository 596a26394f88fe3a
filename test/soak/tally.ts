import type { Verdict } from './check.ts';
import type { WriteResult } from './writes.ts';

const shown = 20;

/** What came of the operations so far. */
export class Tally {
  reads = 0;
  writes = 0;
  /** Answered with an upstream's failure in place of a part, or of the write. */
  told = 0;
  done = 0;
  lost = 0;
  wrong = 0;
  /** The first of those that were lost or wrong. */
  readonly examples: string[] = [];
  /** Milliseconds, from when an operation was due. */
  readonly latencies: number[] = [];

  lose(reason: string): void {
    this.lost += 1;
    this.#note(`lost: ${reason}`);
  }

  count(verdict: Verdict | WriteResult): void {
    if (verdict === 'told') this.told += 1;
    else if (verdict === 'done') this.done += 1;
    else if (verdict !== 'right') this.mistake(verdict.wrong);
  }

  mistake(reason: string): void {
    this.wrong += 1;
    this.#note(`wrong: ${reason}`);
  }

  #note(line: string): void {
    if (this.examples.length < shown) this.examples.push(line);
  }

  /** Of the latencies, in whole milliseconds. */
  percentile(share: number): number {
    const sorted = Float64Array.from(this.latencies).sort();
    return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN);
  }
}
