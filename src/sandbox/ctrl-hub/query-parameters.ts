import { invalidParameter } from './problems.ts';

/**
 * Refuses with 400 an undocumented parameter, and a parameter that is given twice (JSON:API: query parameters).
 * `filter[...]` may be repeated; its values are alternatives.
 */
export function checkParameters(query: URLSearchParams, isKnown: (name: string) => boolean): void {
  for (const [name, value] of query) {
    if (!isKnown(name)) throw invalidParameter(name, value, `The parameter ${name} is not supported here.`);
    if (!name.includes('[') && query.getAll(name).length > 1) {
      throw invalidParameter(name, value, `The parameter ${name} is given more than once.`);
    }
  }
}

/** The comma-separated names in `include`. Throws a 400 with the first unsupported name. */
export function readInclude<Option extends string>(
  query: URLSearchParams,
  options: readonly Option[],
): ReadonlySet<Option> {
  const sent = query.get('include') ?? '';
  const names = sent === '' ? [] : sent.split(',');
  return new Set(
    names.map((name) => {
      const option = options.find((candidate) => candidate === name);
      if (option !== undefined) return option;
      throw invalidParameter('include', name, `Only ${options.join(', ')} can be included.`);
    }),
  );
}
