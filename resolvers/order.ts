import type { Employee } from '../src/domain/employee.ts';
import type { EmployeeOrder } from '../src/domain/filters.ts';
import type { Context } from './context.ts';
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

/** Throws UPSTREAM_NOT_CONFIGURED for an order by creation without Lucca: only it tells when a record was made. */
export function comparePeople(order: EmployeeOrder, { loaders }: Context): (a: Employee, b: Employee) => number {
  if (order === 'FAMILY_NAME_ASC') return compareByFamilyName;
  if (order === 'FAMILY_NAME_DESC') return (a, b) => compareByFamilyName(b, a);
  loaders.upstreams.client('LUCCA');
  return order === 'CREATED_AT_ASC' ? compareByCreation : (a, b) => compareByCreation(b, a);
}

function compareByCreation(a: Employee, b: Employee): number {
  const [left, right] = [createdAtOf(a), createdAtOf(b)];
  return left < right ? -1 : left > right ? 1 : compareIds(a.id, b.id);
}

const createdAtOf = ({ leads, record }: Employee): string => (leads === 'LUCCA' ? (record.createdAt ?? '') : '');
