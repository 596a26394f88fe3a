import { type Awaitable, whenLoaded } from '../src/domain/awaitable.ts';
import type { Connection, PageArgs } from '../src/domain/connection.ts';
import type { Employee } from '../src/domain/employee.ts';
import type { EmployeeFilter, EmployeeOrder } from '../src/domain/filters.ts';
import type { ReadScope } from '../src/domain/scopes.ts';
import type { ListName } from '../src/loaders/list-names.ts';
import type { ReadsInput } from '../src/loaders/plan.ts';
import type { View } from '../src/loaders/view.ts';
import type { Context } from './context.ts';
import { type Condition, conditionsOf } from './employee-conditions.ts';
import { type CheckedFilter, checkEmployeeFilter, conditionNeeds, matchesNobody } from './employee-filter.ts';
import { isInDirectoryOrder, needsOfOrder, orderOf } from './employee-order.ts';
import { type Needs, needsOf } from './needs.ts';
import { createSorting } from './order.ts';
import { emptyConnection, openPage, pageOf } from './paging.ts';

export type EmployeesArgs = PageArgs & {
  filter?: EmployeeFilter | null | undefined;
  orderBy?: EmployeeOrder | null | undefined;
};

const needsOfList = ({ filter, orderBy }: EmployeesArgs): readonly Needs[] => [
  ...needsOf(filter, conditionNeeds),
  needsOfOrder(orderBy ?? 'FAMILY_NAME_ASC'),
];

export const scopesForEmployees = (args: EmployeesArgs): readonly ReadScope[] =>
  needsOfList(args).flatMap(({ requires }) => requires);

export const readsOfEmployees = ({ args, lead }: ReadsInput<EmployeesArgs>): readonly ListName[] => [
  ...lead,
  ...needsOfList(args).flatMap(({ reads }) => reads),
];

/** The people led by the first configured upstream, evaluated over the snapshot for every filter and order. */
export function employees(_: unknown, args: EmployeesArgs, context: Context): Awaitable<Connection<Employee>> {
  const filter = checkEmployeeFilter(args.filter);
  const orderBy = args.orderBy ?? 'FAMILY_NAME_ASC';
  const page = openPage(args, `employees ${JSON.stringify([filter, orderBy])}`, context);
  if (matchesNobody(filter)) return emptyConnection();
  return whenLoaded(context.loaders.view(), (view) =>
    whenLoaded(orderOf(orderBy, view, context), (order) => {
      const everybody = view.leadPeople;
      const inOrder = isInDirectoryOrder(orderBy) ? everybody : sortPeople(everybody, orderBy, order);
      return whenLoaded(filtered(inOrder, filter, view, context), (people) => pageOf(people, page, order, context));
    }),
  );
}

/** Sorted lists are cached: cutting a page is quick, but sorting 20,000 people is not. */
const sortPeople = createSorting<Employee>();

function filtered(
  people: readonly Employee[],
  filter: CheckedFilter,
  view: View,
  context: Context,
): Awaitable<readonly Employee[]> {
  return whenLoaded(conditionsOf(filter, view, context), (conditions) =>
    conditions.length === 0 ? people : people.filter((employee) => matches(employee, conditions, context)),
  );
}

/** Counts each person who does not match only because a contested link leaves the result unknown. */
function matches(employee: Employee, conditions: readonly Condition[], { loaders }: Context): boolean {
  const { id, contested } = employee;
  if (contested.length === 0) return conditions.every(({ holds }) => holds(employee));
  const isUnknown = ({ decidedBy }: Condition) => decidedBy !== null && contested.includes(decidedBy);
  if (!conditions.every((condition) => isUnknown(condition) || condition.holds(employee))) return false;
  const unknown = conditions.filter(isUnknown);
  for (const { decidedBy } of unknown) if (decidedBy !== null) loaders.usage.noteContested(decidedBy, id);
  return unknown.length === 0;
}
