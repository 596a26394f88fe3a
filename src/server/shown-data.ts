import type { Disclosure } from '../../resolvers/disclosure.ts';
import type { DataClass } from '../domain/data-class.ts';

/** For the audit log: the data about people that an operation returned. It never contains a value. */
export type ShownData = {
  /** The data classes of all returned fields. */
  classes: readonly DataClass[];
  /** The coordinates of the returned fields that are not PUBLIC. */
  fields: readonly string[];
  /** The number of people in the response. */
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
