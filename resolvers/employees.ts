import type { GraphQLResolveInfo } from 'graphql';
import type { Connection, PageArgs } from '../src/domain/connection.ts';
import type { Employee } from '../src/domain/employee.ts';
import type { EmployeeFilter, EmployeeOrder } from '../src/domain/filters.ts';
import type { LuccaEmployeesFilter } from '../src/upstreams/lucca/client.ts';
import type { Context } from './context.ts';
import { crossConditions, qualificationsMatching, spansUpstreams } from './employee-conditions.ts';
import { type CheckedFilter, checkEmployeeFilter, matchesNobody, matchesRecord } from './employee-filter.ts';
import { luccaPage } from './lucca-page.ts';
import { comparePeople } from './order.ts';
import { checkPage, emptyConnection, openPage, pageOf } from './paging.ts';
import { requireFilter } from './rights.ts';
import { isSelected } from './selection.ts';

export type EmployeesArgs = PageArgs & {
  filter?: EmployeeFilter | null | undefined;
  orderBy?: EmployeeOrder | null | undefined;
};

/**
 * The people of the lead directory. What Lucca can filter alone it also pages and sorts. Conditions that other upstreams
 * decide, and addresses in any case, are put together here over the whole directories, then sorted and paged.
 */
export async function employees(
  _: unknown,
  args: EmployeesArgs,
  context: Context,
  info: GraphQLResolveInfo,
): Promise<Connection<Employee>> {
  requireFilter(context.viewer, 'Query.employees', args);
  const filter = checkEmployeeFilter(args.filter);
  const order = args.orderBy ?? 'FAMILY_NAME_ASC';
  const scope = `employees ${JSON.stringify([filter, order])}`;
  checkPage(args, scope, context);
  if (matchesNobody(filter)) return emptyConnection();
  const luccaFilter = await toLuccaFilter(filter, context);
  if (luccaFilter === 'nobody') return emptyConnection();
  if (luccaFilter !== null) {
    const wantsTotal = isSelected(info, 'totalCount');
    const onlyCount = wantsTotal && !isSelected(info, 'edges', 'nodes', 'pageInfo');
    return luccaPage({ args, filter: luccaFilter, order, scope, onlyCount, wantsTotal }, context);
  }
  const people = (await peopleMatching(filter, context)).sort(comparePeople(order, context));
  return pageOf(people, openPage(args, scope, context), (it) => it.id, context);
}

/** As many ids as one of Lucca's filters takes. */
const idsOfOneFilter = 100;

/** The filter in Lucca's words; null where Lucca alone cannot answer it. */
async function toLuccaFilter(filter: CheckedFilter, context: Context): Promise<LuccaEmployeesFilter | 'nobody' | null> {
  const isLuccas = context.loaders.upstreams.isConfigured('LUCCA');
  if (!isLuccas || filter.emails !== undefined || spansUpstreams(filter)) return null;
  const jobQualificationIds = await qualificationsMatching(filter, context);
  if (jobQualificationIds?.length === 0) return 'nobody';
  if (jobQualificationIds !== null && jobQualificationIds.length > idsOfOneFilter) return null;
  return {
    ...(filter.search === undefined ? {} : { search: filter.search }),
    ...(filter.status === undefined ? {} : { status: filter.status }),
    ...(jobQualificationIds === null ? {} : { jobQualificationIds }),
  };
}

async function peopleMatching(filter: CheckedFilter, context: Context): Promise<Employee[]> {
  const isWanted = matchesRecord(filter, context);
  const [people, conditions] = await Promise.all([candidates(filter, context), crossConditions(filter, context)]);
  const matches = async (employee: Employee) => {
    for (const holds of conditions) if (!(await holds(employee))) return false;
    return true;
  };
  const wanted = people.filter(isWanted);
  const verdicts = await Promise.all(wanted.map(matches));
  return wanted.filter((_, index) => verdicts[index]);
}

/** The people of the lead directory, or those of them who have the addresses asked for. */
async function candidates(filter: CheckedFilter, { loaders }: Context): Promise<Employee[]> {
  const { upstreams, lucca, lists, ctrlHub, naming } = loaders;
  if (upstreams.isConfigured('LUCCA')) {
    if (filter.emails === undefined || spansUpstreams(filter)) return (await lucca.all()).map(naming.ofLucca);
    const found = await Promise.all(filter.emails.map((it) => lucca.byEmail.load(it)));
    return [...new Set(found.flatMap((it) => it ?? []))].map(naming.ofLucca);
  }
  const named = upstreams.isConfigured('NAVER')
    ? await Promise.all((await lists.naverPeople()).map((it) => naming.ofNaver.load(it)))
    : await Promise.all((await ctrlHub.allUsers()).map((it) => naming.ofCtrlHubUser.load(it)));
  return [...new Map(named.flatMap((it) => (it === null ? [] : [[it.id, it] as const]))).values()];
}
