import type { LuccaKnobs } from './knobs.ts';
import { invalid } from './problems.ts';

const includes = ['embedded', 'links', 'totalCount'];

/** `include`, with commas or as a repeated key (Lucca, Expanding responses). An unknown value is assumed to be refused. */
export function readIncludes(query: URLSearchParams): ReadonlySet<string> {
  const asked = listOf(query, 'include');
  if (asked.every((it) => includes.includes(it))) return new Set(asked);
  throw invalid('include', `include must be among ${includes.join(', ')}.`);
}

/** Lucca does not say what it does with a parameter it does not know: see the knob. */
export function refuseUnknownParameters(
  query: URLSearchParams,
  known: readonly string[],
  { strictQuery }: LuccaKnobs,
): void {
  const unknown = [...query.keys()].find((name) => !known.includes(name));
  if (strictQuery && unknown !== undefined) throw invalid(unknown, 'This parameter is not supported here.');
}

/** The values of a list parameter: comma-separated, and assumed to be accepted as a repeated key too. */
export const listOf = (query: URLSearchParams, name: string): string[] =>
  query.getAll(name).flatMap((value) => value.split(','));

/** The value of a parameter that is no list; undefined when it is not sent. */
export function oneOf(query: URLSearchParams, name: string): string | undefined {
  const [value, another] = query.getAll(name);
  if (another !== undefined) throw invalid(name, `${name} may be sent once.`);
  return value;
}
