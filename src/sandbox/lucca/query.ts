import type { LuccaKnobs } from './knobs.ts';
import { invalid } from './problems.ts';

const includes = ['embedded', 'links', 'totalCount'];

/** `include`, comma-separated or as a repeated key (Lucca, Expanding responses). An unknown value is assumed to be refused. */
export function readIncludes(query: URLSearchParams): ReadonlySet<string> {
  const requested = listOf(query, 'include');
  if (requested.every((name) => includes.includes(name))) return new Set(requested);
  throw invalid('include', `include must be among ${includes.join(', ')}.`);
}

/** Lucca does not document its response to an unknown parameter: see the knob. */
export function refuseUnknownParameters(
  query: URLSearchParams,
  known: readonly string[],
  { strictQuery }: LuccaKnobs,
): void {
  const unknown = [...query.keys()].find((name) => !known.includes(name));
  if (strictQuery && unknown !== undefined) throw invalid(unknown, 'This parameter is not supported here.');
}

/** The values of a list parameter: comma-separated, and, assumed, also as a repeated key. */
export const listOf = (query: URLSearchParams, name: string): string[] =>
  query.getAll(name).flatMap((value) => value.split(','));

/** The value of a parameter that is not a list; undefined if it is absent. */
export function oneOf(query: URLSearchParams, name: string): string | undefined {
  const [value, another] = query.getAll(name);
  if (another !== undefined) throw invalid(name, `${name} may be sent once.`);
  return value;
}
