import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Commit } from '../domain/list-reading.ts';
import { runInSlices } from './run-in-slices.ts';

type Publication<Lists> = Commit & {
  name: keyof Lists;
  value: Lists[keyof Lists];
  settle: (error?: unknown) => void;
};

/** Builds a snapshot from the lists, in steps. Lists that have not been read yet are absent. */
export type Assemble<Lists, Snapshot> = (lists: Partial<Lists>, previous: Snapshot | null) => Generator<void, Snapshot>;

/**
 * Holds the current snapshot. A new value of a list becomes current together with its snapshot, which is built beside
 * the old one. A reader sees either the old list and snapshot, or the new ones.
 */
export class Keeper<Lists extends object, Snapshot> {
  readonly #assemble: Assemble<Lists, Snapshot>;
  readonly #onSwap: (snapshot: Snapshot) => void;
  readonly #lists: Partial<Lists> = {};
  #publications: Publication<Lists>[] = [];
  #isBuilding = false;
  #snapshot: Snapshot | null = null;
  #longestSliceMs = 0;

  /** `onSwap` is called with each new snapshot. */
  constructor(assemble: Assemble<Lists, Snapshot>, onSwap: (snapshot: Snapshot) => void = () => undefined) {
    this.#assemble = assemble;
    this.#onSwap = onSwap;
  }

  /** Null until the first list has been read. */
  get snapshot(): Snapshot | null {
    return this.#snapshot;
  }

  /** The longest time, in milliseconds, for which building blocked the event loop. */
  get longestSliceMs(): number {
    return this.#longestSliceMs;
  }

  /** Resolves when the value is current, or no longer wanted. */
  publish<Name extends keyof Lists>(name: Name, value: Lists[Name], { isWanted, commit }: Commit): Promise<void> {
    return new Promise((resolve, reject) => {
      const settle = (error?: unknown) => (error === undefined ? resolve() : reject(error));
      this.#publications.push({ name, value, isWanted, commit, settle });
      if (!this.#isBuilding) void this.#buildAll();
    });
  }

  async #buildAll(): Promise<void> {
    this.#isBuilding = true;
    while (this.#publications.length > 0) {
      // Lists published in one turn share one build.
      await nextTurn();
      const batch = this.#takeBatch();
      try {
        await this.#build(batch);
        for (const { settle } of batch) settle();
      } catch (error) {
        for (const { settle } of batch) settle(error);
      }
    }
    this.#isBuilding = false;
  }

  /** Takes at most one value per list: a later value may no longer be wanted after this build. */
  #takeBatch(): Publication<Lists>[] {
    const batch = new Map<keyof Lists, Publication<Lists>>();
    const later: Publication<Lists>[] = [];
    for (const publication of this.#publications) {
      if (batch.has(publication.name)) later.push(publication);
      else batch.set(publication.name, publication);
    }
    this.#publications = later;
    return [...batch.values()];
  }

  async #build(batch: readonly Publication<Lists>[]): Promise<void> {
    for (;;) {
      const wanted = batch.filter((publication) => publication.isWanted());
      if (wanted.length === 0) return;
      const lists: Partial<Lists> = { ...this.#lists };
      for (const { name, value } of wanted) lists[name] = value;
      const isSame = wanted.every(({ name, value }) => this.#lists[name] === value);
      const snapshot = isSame ? this.#snapshot : await this.#inSlices(this.#assemble(lists, this.#snapshot));
      if (wanted.some((publication) => !publication.isWanted())) continue;
      for (const { commit } of wanted) commit();
      Object.assign(this.#lists, lists);
      const isSwap = snapshot !== this.#snapshot;
      this.#snapshot = snapshot;
      if (isSwap && snapshot !== null) this.#onSwap(snapshot);
      return;
    }
  }

  #inSlices<T>(steps: Generator<void, T>): Promise<T> {
    return runInSlices(steps, (tookMs) => {
      this.#longestSliceMs = Math.max(this.#longestSliceMs, tookMs);
    });
  }
}
