import { useEffect } from 'preact/hooks';
import { type Definition, Query } from './query.ts';

/** Of each kind, so that going back shows at once what was there. */
const mostKept = 20;

const kinds = new Set<{ refresh(): Promise<void> }>();

/** All queries of one kind, by what they ask for. */
export class Queries<Input, Data> {
  readonly #definition: Definition<Input, Data>;
  readonly #known = new Map<string, Query<Input, Data>>();

  constructor(definition: Definition<Input, Data>) {
    this.#definition = definition;
    kinds.add(this);
  }

  of(input: Input): Query<Input, Data> {
    const key = JSON.stringify(input);
    const known = this.#known.get(key) ?? new Query(this.#definition, input);
    this.#known.delete(key);
    this.#known.set(key, known);
    for (const [other, query] of this.#known) {
      if (this.#known.size <= mostKept) break;
      if (query.viewers === 0 && query !== known) this.#known.delete(other);
    }
    return known;
  }

  /** Reads again what is on the screen, and forgets the rest. */
  async refresh(): Promise<void> {
    for (const [key, query] of this.#known) if (query.viewers === 0) this.#known.delete(key);
    await Promise.all([...this.#known.values()].map((it) => it.load()));
  }
}

/** After a write, which every later read of the graph sees. */
export async function refreshEverything(): Promise<void> {
  await Promise.all([...kinds].map((it) => it.refresh()));
}

/** What is known of a query, which is asked when a component begins to show it; of at least so many `rows`. */
export function useQuery<Input, Data>(queries: Queries<Input, Data>, input: Input, rows = 0): Query<Input, Data> {
  const query = queries.of(input);
  useEffect(() => {
    query.viewers += 1;
    if (!query.isFresh) void query.load(Math.max(rows, query.rows));
    return () => {
      query.viewers -= 1;
      if (query.viewers === 0) query.stop();
    };
  }, [query]);
  return query;
}
