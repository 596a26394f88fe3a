import { type Awaitable, whenLoaded } from '../src/domain/awaitable.ts';
import type { Employee } from '../src/domain/employee.ts';
import type { EmployeeOrder, EmployeeSortKey } from '../src/domain/filters.ts';
import type { NaverPerson } from '../src/domain/people.ts';
import type { View } from '../src/loaders/view.ts';
import type { Context } from './context.ts';
import { hireDateOf } from './employee.ts';
import type { Needs } from './needs.ts';
import { byText, byValue, descending, type Order, type SortKey } from './order.ts';

const idOf = ({ id }: Employee): string => id;

/** By family name, or by the whole name if a record has no family name. This is the directory's order. */
export const byFamilyName = (view: View): Order<Employee> =>
  byText((employee) => view.snapshot.directory.sortKeyOf(employee), idOf);

/** True if the directory's people are already sorted in this order. */
export const isInDirectoryOrder = (order: EmployeeOrder): boolean => order === 'FAMILY_NAME_ASC';

type SortKeyOrder = Needs & { ascending(view: View, context: Context): Awaitable<Order<Employee>> };

const orders: Record<EmployeeSortKey, SortKeyOrder> = {
  FAMILY_NAME: { requires: [], reads: [], ascending: byFamilyName },
  CREATED_AT: {
    requires: [],
    reads: [],
    ascending: (view) => {
      view.require('LUCCA');
      return byValue(createdAtOf, idOf);
    },
  },
  HIRED_ON: {
    requires: [],
    reads: ['people'],
    ascending: (view) => {
      if (view.isConfigured('NAVER')) view.requireLinksTo('NAVER');
      return byValue((employee) => (employee.contested.includes('NAVER') ? null : hireDateOf(employee, view)), idOf);
    },
  },
  GRADE: {
    requires: ['grades.readonly'],
    reads: ['people', 'grades'],
    ascending: bySortOrder('grades', (record) => record.gradeKey),
  },
  POSITION: {
    requires: ['positions.readonly'],
    reads: ['people', 'positions'],
    ascending: bySortOrder('positions', (record) => record.positionKey),
  },
};

function sortKeyOf(order: EmployeeOrder): SortKeyOrder {
  for (const [key, found] of Object.entries(orders)) if (order.startsWith(key)) return found;
  return orders.FAMILY_NAME;
}

export const needsOfOrder = (order: EmployeeOrder): Needs => sortKeyOf(order);

/**
 * People without a sort key come last, in both directions. Throws UPSTREAM_NOT_CONFIGURED if the upstream of the sort
 * key is not configured, and its error if it cannot be used.
 */
export const orderOf = (order: EmployeeOrder, view: View, context: Context): Awaitable<Order<Employee>> =>
  whenLoaded(sortKeyOf(order).ascending(view, context), (ascending) =>
    order.endsWith('_DESC') ? descending(ascending) : ascending,
  );

/** Compares points in time, not texts: fractional seconds are optional. */
function createdAtOf({ links }: Employee): SortKey {
  const createdAt = links.LUCCA?.record.createdAt ?? null;
  return createdAt === null ? null : Date.parse(createdAt);
}

/** Sorts by NAVER's sortOrder of the person's grade or position. */
function bySortOrder(list: 'grades' | 'positions', keyOf: (record: NaverPerson) => string | null) {
  return (view: View, { loaders }: Context): Awaitable<Order<Employee>> => {
    view.requireLinksTo('NAVER');
    return whenLoaded(loaders.rows(list), (items) => {
      const places = new Map(items.map((item) => [item.externalKey, item.sortOrder]));
      const placeOf = ({ links }: Employee): SortKey => {
        const key = links.NAVER === undefined ? null : keyOf(links.NAVER.record);
        return key === null ? null : (places.get(key) ?? null);
      };
      return { ...byValue(placeOf, idOf), basis: items };
    });
  };
}
