/** Figures of all runs by what they are of, such as ['q02', 0, 'hr-graph', 'perSecond']. */
export class Samples {
  readonly #values = new Map<string, number[]>();

  add(of: readonly (string | number)[], value: number): void {
    const key = of.join(' ');
    this.#values.set(key, [...(this.#values.get(key) ?? []), value]);
  }

  /** Null where nothing was measured. */
  median(...of: (string | number)[]): number | null {
    const sorted = (this.#values.get(of.join(' ')) ?? []).toSorted((a, b) => a - b);
    const middle = Math.floor(sorted.length / 2);
    const [upper, lower] = [sorted[middle], sorted[middle - 1]];
    if (upper === undefined) return null;
    return sorted.length % 2 === 1 || lower === undefined ? upper : (lower + upper) / 2;
  }

  has(...of: (string | number)[]): boolean {
    return this.#values.has(of.join(' '));
  }
}
