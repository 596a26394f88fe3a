import { invalidParameter } from './problems.ts';

/**
 * Refuses with 400 a parameter that the endpoint does not document, and one given twice (JSON:API: query parameters).
 * `filter[...]` may be repeated: its repetitions are alternatives.
 */
export function checkParameters(query: URLSearchParams, isKnown: (name: string) => boolean): void {
  for (const [name, value] of query) {
    if (!isKnown(name)) throw invalidParameter(name, value, `The parameter ${name} is not supported here.`);
    if (!name.includes('[') && query.getAll(name).length > 1) {
      throw invalidParameter(name, value, `The parameter ${name} is given more than once.`);
    }
  }
}

/** The comma-separated names in `include`. Throws the 400 that names the first one not offered. */
export function readInclude<Option extends string>(
  query: URLSearchParams,
  options: readonly Option[],
): ReadonlySet<Option> {
  const sent = query.get('include') ?? '';
  const names = sent === '' ? [] : sent.split(',');
  return new Set(
    names.map((name) => {
      const option = options.find((it) => it === name);
      if (option !== undefined) return option;
      throw invalidParameter('include', name, `Only ${options.join(', ')} can be included.`);
    }),
  );
}
