import type { Clock } from '../../src/cache/clock.ts';

type Timer = { at: number; run: () => void };

/** A clock that stands still until a test moves it. */
export class ManualClock implements Clock {
  #now = Math.floor(performance.timeOrigin + performance.now());
  readonly #timers = new Set<Timer>();

  now(): number {
    return this.#now;
  }

  after(ms: number, run: () => void): () => void {
    const timer = { at: this.#now + Math.max(ms, 0), run };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  /** In milliseconds, until the next timer; null where there is none. */
  get nextIn(): number | null {
    const times = [...this.#timers].map(({ at }) => at - this.#now);
    return times.length === 0 ? null : Math.min(...times);
  }

  /** As if the machine had slept: timers that are due meanwhile are not called. */
  skip(seconds: number): void {
    this.#now += seconds * 1000;
  }

  /** Calls timers in their order, each at its time; `settle` waits after each until what it began has ended. */
  async pass(seconds: number, settle: () => Promise<void> = async () => {}): Promise<void> {
    const end = this.#now + seconds * 1000;
    for (;;) {
      const [timer] = [...this.#timers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
      if (timer === undefined) break;
      this.#timers.delete(timer);
      this.#now = Math.max(this.#now, timer.at);
      timer.run();
      await settle();
    }
    this.#now = end;
  }
}
