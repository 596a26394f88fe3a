import type { DataClass } from '../src/domain/data-class.ts';

/** The data that an operation has returned to its caller so far, without values. */
export type Disclosure = {
  /** Data class by field coordinate, such as `Employee.email`. */
  fields: Map<string, DataClass>;
  /** The ids of the people whose data was returned. */
  people: Set<string>;
};

export const newDisclosure = (): Disclosure => ({ fields: new Map(), people: new Set() });
