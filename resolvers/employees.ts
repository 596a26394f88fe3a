import { type Awaitable, whenThere } from '../src/domain/awaitable.ts';
import type { Connection, PageArgs } from '../src/domain/connection.ts';
import type { Employee } from '../src/domain/employee.ts';
import type { EmployeeFilter, EmployeeOrder } from '../src/domain/filters.ts';
import type { View } from '../src/loaders/view.ts';
import type { Context } from './context.ts';
import { conditionsOf } from './employee-conditions.ts';
import { type CheckedFilter, checkEmployeeFilter, matchesNobody } from './employee-filter.ts';
import { isInDirectoryOrder, orderOf } from './employee-order.ts';
import { sortedBy } from './order.ts';
import { emptyConnection, openPage, pageOf } from './paging.ts';
import { requireFilter } from './rights.ts';

export type EmployeesArgs = PageArgs & {
  filter?: EmployeeFilter | null | undefined;
  orderBy?: EmployeeOrder | null | undefined;
};

/** The people of the lead directory: one evaluation over the snapshot, whatever the filter and the order. */
export function employees(_: unknown, args: EmployeesArgs, context: Context): Awaitable<Connection<Employee>> {
  requireFilter(context.viewer, 'Query.employees', args);
  const filter = checkEmployeeFilter(args.filter);
  const orderBy = args.orderBy ?? 'FAMILY_NAME_ASC';
  const page = openPage(args, `employees ${JSON.stringify([filter, orderBy])}`, context);
  if (matchesNobody(filter)) return emptyConnection();
  return whenThere(context.loaders.view(), (view) =>
    whenThere(orderOf(orderBy, view, context), (order) =>
      whenThere(peopleMatching(filter, view, context), (people) =>
        pageOf(isInDirectoryOrder(orderBy) ? people : sortedBy(people, order), page, order, context),
      ),
    ),
  );
}

function peopleMatching(filter: CheckedFilter, view: View, context: Context): Awaitable<readonly Employee[]> {
  const people = view.leadPeople;
  return whenThere(conditionsOf(filter, view, context), (conditions) =>
    conditions.length === 0 ? people : people.filter((employee) => conditions.every((holds) => holds(employee))),
  );
}
