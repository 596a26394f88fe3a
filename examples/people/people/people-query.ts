import type { EmployeeFilter, EmployeeOrder, PeopleWithRolesQuery } from 'hr-graph/client';
import { hrGraph, locale, pageSize } from '../graph/hr-graph.ts';
import { Queries } from '../graph/queries.ts';

export type ListedPerson = NonNullable<PeopleWithRolesQuery['employees']>['nodes'][number];

type Input = { filter: EmployeeFilter; orderBy: EmployeeOrder };

export const peopleQueries = new Queries<Input, PeopleWithRolesQuery>({
  ask: (input, page, options) => hrGraph.peopleWithRoles({ ...input, ...page, locale }, options),
  endOf: ({ data: { employees } }) =>
    employees === null ? undefined : employees.pageInfo.hasNextPage ? employees.pageInfo.endCursor : null,
  pageSize,
});
