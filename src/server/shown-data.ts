import type { Disclosure } from '../../resolvers/disclosure.ts';
import type { DataClass } from '../domain/data-class.ts';

/** What an operation has shown of people, for the audit log: never a value. */
export type ShownData = {
  /** Of everything that was shown. */
  classes: readonly DataClass[];
  /** The coordinates of what was shown and is not PUBLIC. */
  fields: readonly string[];
  /** Of how many people something was shown. */
  people: number;
};

export function shownIn({ fields, people }: Disclosure): ShownData {
  const shown = [...fields].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    classes: [...new Set(shown.map(([, dataClass]) => dataClass))].sort(),
    fields: shown.flatMap(([coordinate, dataClass]) => (dataClass === 'PUBLIC' ? [] : [coordinate])),
    people: people.size,
  };
}
