import type { ReadScope } from '../src/domain/scopes.ts';
import type { ListName } from '../src/loaders/list-names.ts';

/** A condition or an order tells as much as the field that shows the same: the scopes that it takes, and what it reads. */
export type Needs = { takes: readonly ReadScope[]; reads: readonly ListName[] };

/** Of the conditions that are given. A member that is null or absent is none. */
export function needsOf<Filter extends object>(
  filter: Filter | null | undefined,
  needs: Record<keyof Filter, Needs>,
): Needs[] {
  const given: Needs[] = [];
  for (const member in needs) if (filter?.[member] != null) given.push(needs[member]);
  return given;
}
