import type { DataClass } from '../src/domain/data-class.ts';

/** What an operation has shown its caller so far, without the values. */
export type Disclosure = {
  /** By coordinate, such as `Employee.email`. */
  fields: Map<string, DataClass>;
  /** The ids of the people of whom something was shown. */
  people: Set<string>;
};

export const newDisclosure = (): Disclosure => ({ fields: new Map(), people: new Set() });
