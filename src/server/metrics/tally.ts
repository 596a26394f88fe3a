import { Counter, type Registry } from 'prom-client';

export type TallyOptions = { name: string; help: string; labelNames: readonly string[]; registry: Registry };

/** A counter for what happens with every request: values of labels are put together when somebody asks, not each time. */
export function createTally({ name, help, labelNames, registry }: TallyOptions): (...values: string[]) => void {
  const counts = new Map<string, number>();
  new Counter({
    name,
    help,
    labelNames: [...labelNames],
    registers: [registry],
    collect() {
      this.reset();
      for (const [key, count] of counts) {
        const values = key.split('\n');
        this.inc(Object.fromEntries(labelNames.map((label, at) => [label, values[at] ?? ''])), count);
      }
    },
  });
  return (...values) => {
    const key = values.join('\n');
    counts.set(key, (counts.get(key) ?? 0) + 1);
  };
}
