import { invalid } from './problems.ts';
import { listOf } from './query.ts';
import type { Timeline } from './timeline.ts';

export type Key = (string | null)[];
export type Sorts<Row> = Record<string, (row: Row, timeline: Timeline) => string | null>;

/** A total order. `keyOf` returns the sort key of a row, so that a cursor stays valid after its row is removed. */
export type Order<Row> = { instructions: string[]; keyOf(row: Row): Key; compare(a: Key, b: Key): number };

/** Parses `sort` (comma-separated, `-` for descending, default: id). Ties are sorted by id. */
export function readOrder<Row extends { id: string }>(
  query: URLSearchParams,
  sorts: Sorts<Row>,
  timeline: Timeline,
): Order<Row> {
  const instructions = listOf(query, 'sort');
  const properties = instructions.map((instruction) => instruction.replace(/^-/, ''));
  const isKnown = (property: string) => property === 'id' || Object.hasOwn(sorts, property);
  if (!properties.every(isKnown) || new Set(instructions).size < instructions.length) {
    throw invalid('sort', `sort must hold distinct values among ${['id', ...Object.keys(sorts)].join(', ')}.`);
  }
  const steps = [...instructions, 'id'].map((instruction) => ({
    property: instruction.replace(/^-/, ''),
    direction: instruction.startsWith('-') ? -1 : 1,
  }));
  return {
    instructions,
    keyOf: (row) =>
      steps.map(({ property }) => sorts[property]?.(row, timeline) ?? (property === 'id' ? row.id : null)),
    compare: (a, b) => {
      for (const [index, { property, direction }] of steps.entries()) {
        const difference = (property === 'id' ? compareIds : compareValues)(a[index] ?? null, b[index] ?? null);
        if (difference !== 0) return direction * difference;
      }
      return 0;
    },
  };
}

/** Shorter first, then by character: the numeric order of numeric ids. */
const compareIds = (a: string | null, b: string | null): number =>
  (a ?? '').length - (b ?? '').length || compareValues(a, b);

/** Missing values come last, because no end date is later than any end date. Lucca does not document it. */
function compareValues(a: string | null, b: string | null): number {
  if (a === b) return 0;
  if (a === null || b === null) return a === null ? 1 : -1;
  return a < b ? -1 : 1;
}
