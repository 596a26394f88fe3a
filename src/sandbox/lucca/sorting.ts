import { invalid } from './problems.ts';
import { listOf } from './query.ts';
import type { Timeline } from './timeline.ts';

export type Key = (string | null)[];
export type Sorts<Row> = Record<string, (row: Row, timeline: Timeline) => string | null>;

/** A total order: `keyOf` gives what a row is ordered by, so that a place in the order outlives the row. */
export type Order<Row> = { instructions: string[]; keyOf(row: Row): Key; compare(a: Key, b: Key): number };

/** Reads `sort` (comma-separated, `-` for descending, by id where it does not say); ties are ordered by id. */
export function readOrder<Row extends { id: string }>(
  query: URLSearchParams,
  sorts: Sorts<Row>,
  timeline: Timeline,
): Order<Row> {
  const instructions = listOf(query, 'sort');
  const properties = instructions.map((it) => it.replace(/^-/, ''));
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

/** Shorter first, then by character: the numeric order of the numbers that ids look like. */
const compareIds = (a: string | null, b: string | null): number =>
  (a ?? '').length - (b ?? '').length || compareValues(a, b);

/** No value comes last: no end is later than every end. Lucca does not say. */
function compareValues(a: string | null, b: string | null): number {
  if (a === b) return 0;
  if (a === null || b === null) return a === null ? 1 : -1;
  return a < b ? -1 : 1;
}
