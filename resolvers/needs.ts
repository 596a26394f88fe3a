import type { ReadScope } from '../src/domain/scopes.ts';
import type { ListName } from '../src/loaders/list-names.ts';

/**
 * The scopes that a condition or an order requires, and the lists that it reads. Filtering or sorting by a value
 * reveals it, so it requires the same scopes as the field that shows the value.
 */
export type Needs = { requires: readonly ReadScope[]; reads: readonly ListName[] };

/** The needs of the given conditions. A null or absent member is no condition. */
export function needsOf<Filter extends object>(
  filter: Filter | null | undefined,
  needs: Record<keyof Filter, Needs>,
): Needs[] {
  const given: Needs[] = [];
  for (const member in needs) if (filter?.[member] != null) given.push(needs[member]);
  return given;
}
