import { type Awaitable, whenThere } from '../src/domain/awaitable.ts';
import type { Employee } from '../src/domain/employee.ts';
import type { EmployeeOrder } from '../src/domain/filters.ts';
import type { NaverItem } from '../src/domain/organisation.ts';
import type { NaverPerson } from '../src/domain/people.ts';
import type { View } from '../src/loaders/view.ts';
import type { Context } from './context.ts';
import { hireDateOf } from './employee.ts';
import { byText, byValue, descending, type Order, type SortKey } from './order.ts';

const idOf = ({ id }: Employee): string => id;

/** By family name, or by the whole name where a record has no family name of its own: the directory's order. */
export const byFamilyName = ({ snapshot }: View): Order<Employee> =>
  byText((employee) => snapshot.directory.sortKeyOf(employee), idOf);

/** The directory's people, and any selection of them, are in this order already. */
export const isInDirectoryOrder = (order: EmployeeOrder): boolean => order === 'FAMILY_NAME_ASC';

/**
 * People without a sort key come last, in both directions. Throws UPSTREAM_NOT_CONFIGURED without the upstream that the
 * order follows from, and its error where it cannot be used.
 */
export function orderOf(order: EmployeeOrder, view: View, context: Context): Awaitable<Order<Employee>> {
  const ascending = ascendingOrder(order.replace(/_(ASC|DESC)$/, ''), view, context);
  return whenThere(ascending, (it) => (order.endsWith('_DESC') ? descending(it) : it));
}

function ascendingOrder(property: string, view: View, { loaders }: Context): Awaitable<Order<Employee>> {
  switch (property) {
    case 'CREATED_AT':
      view.require('LUCCA');
      return byValue(createdAtOf, idOf);
    case 'HIRED_ON':
      if (view.isConfigured('NAVER')) view.requireLinksTo('NAVER');
      return byValue((employee) => (employee.contested.includes('NAVER') ? null : hireDateOf(employee, view)), idOf);
    case 'GRADE':
      view.requireLinksTo('NAVER');
      return whenThere(loaders.rows('grades'), (grades) => bySortOrder(grades, (record) => record.gradeKey));
    case 'POSITION':
      view.requireLinksTo('NAVER');
      return whenThere(loaders.rows('positions'), (positions) =>
        bySortOrder(positions, (record) => record.positionKey),
      );
    default:
      return byFamilyName(view);
  }
}

/** As moments: one text may have a fraction of a second, and the other none. */
function createdAtOf({ links }: Employee): SortKey {
  const createdAt = links.LUCCA?.record.createdAt ?? null;
  return createdAt === null ? null : Date.parse(createdAt);
}

/** By NAVER's sortOrder of what the person holds. */
function bySortOrder(items: readonly NaverItem[], keyOf: (record: NaverPerson) => string | null): Order<Employee> {
  const places = new Map(items.map((item) => [item.externalKey, item.sortOrder]));
  return byValue(({ links }) => {
    const key = links.NAVER === undefined ? null : keyOf(links.NAVER.record);
    return key === null ? null : (places.get(key) ?? null);
  }, idOf);
}
