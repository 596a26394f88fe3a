import type { Employee } from '../src/domain/employee.ts';
import { displayNameOf, familyNameOf } from './names.ts';

/** The root collation of Unicode, whatever the machine's own language. */
const collator = new Intl.Collator('en', { usage: 'sort' });

export const compareText = (a: string, b: string): number => collator.compare(a, b);

/** Identifiers compare like Lucca's numbers: shorter first. Any total order would do; this one keeps numeric ids in order. */
export const compareIds = (a: string, b: string): number => a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);

/** By family name, or by the whole name where a record has no family name of its own; ties by id. */
export function compareByFamilyName(a: Employee, b: Employee): number {
  return compareText(sortNameOf(a), sortNameOf(b)) || compareIds(a.id, b.id);
}

const sortNameOf = (employee: Employee): string => familyNameOf(employee) ?? displayNameOf(employee);

/** By the given text, ties by id: for rows without an order of their own. */
export function sortedByText<T>(rows: readonly T[], textOf: (row: T) => string, idOf: (row: T) => string): T[] {
  return [...rows].sort((a, b) => compareText(textOf(a), textOf(b)) || compareIds(idOf(a), idOf(b)));
}
