import type { GraphQLResolveInfo } from 'graphql';
import type { Connection, PageArgs } from '../src/domain/connection.ts';
import type { Employee } from '../src/domain/employee.ts';
import type { EmployeeFilter, EmployeeOrder } from '../src/domain/filters.ts';
import { foldEmail, toText } from '../src/domain/text.ts';
import { InputError } from '../src/errors.ts';
import type { Context } from './context.ts';
import { luccaPage } from './lucca-page.ts';
import { displayNameOf, familyNameOf, givenNameOf } from './names.ts';
import { compareByFamilyName, compareIds } from './order.ts';
import { emptyConnection, pageOf, pageSizeOf } from './paging.ts';
import { isSelected } from './selection.ts';

export type EmployeesArgs = PageArgs & {
  filter?: EmployeeFilter | null | undefined;
  orderBy?: EmployeeOrder | null | undefined;
};

/**
 * The people of the lead directory. Lucca pages, filters and sorts by itself; what it cannot filter (addresses in any
 * case), and the directories of NAVER and Ctrl Hub, are put together, sorted and paged here.
 */
export async function employees(
  _: unknown,
  args: EmployeesArgs,
  context: Context,
  info: GraphQLResolveInfo,
): Promise<Connection<Employee>> {
  pageSizeOf(args);
  const { upstreams } = context.loaders;
  const filter = checkedFilter(args.filter);
  const order = args.orderBy ?? 'FAMILY_NAME_ASC';
  const scope = `employees ${JSON.stringify([filter, order])}`;
  if (filter.emails?.length === 0 || filter.status?.length === 0) return emptyConnection();
  if (upstreams.isConfigured('LUCCA') && filter.emails === undefined) {
    return luccaPage(
      { args, filter, order, scope, onlyCount: isOnlyCount(info), wantsTotal: isSelected(info, 'totalCount') },
      context,
    );
  }
  const people = (await assembled(filter, context)).filter(matching(filter));
  return pageOf(people.sort(comparing(order, context)), args, scope, (it) => it.id, context);
}

type CheckedFilter = { search?: string; emails?: readonly string[]; status?: NonNullable<EmployeeFilter['status']> };

function checkedFilter(filter: EmployeeFilter | null | undefined): CheckedFilter {
  const checked: CheckedFilter = {};
  if (filter?.search != null) {
    const search = toText(filter.search);
    if (search === null || wordsOf(search).length === 0) {
      throw new InputError(
        'filter.search: expected at least one word, got a blank text. Leave the member out to have no condition.',
      );
    }
    checked.search = search;
  }
  if (filter?.emails != null) checked.emails = [...new Set(filter.emails.map(foldEmail))].sort();
  if (filter?.status != null) checked.status = [...new Set(filter.status)].sort();
  return checked;
}

/** The people among whom the filter is then applied. */
async function assembled({ emails }: CheckedFilter, { loaders }: Context): Promise<Employee[]> {
  const { upstreams, lucca, lists, ctrlHub, naming } = loaders;
  if (upstreams.isConfigured('LUCCA')) {
    const found = await Promise.all((emails ?? []).map((it) => lucca.byEmail.load(it)));
    return found.flatMap((it) => it ?? []).map(naming.ofLucca);
  }
  const named = upstreams.isConfigured('NAVER')
    ? await Promise.all((await lists.naverPeople()).map((it) => naming.ofNaver.load(it)))
    : await Promise.all((await ctrlHub.allUsers()).map((it) => naming.ofCtrlHubUser.load(it)));
  return [...new Map(named.flatMap((it) => (it === null ? [] : [[it.id, it] as const]))).values()];
}

function matching({ emails, status, search }: CheckedFilter): (employee: Employee) => boolean {
  const wanted = search === undefined ? [] : wordsOf(search);
  return (employee) => {
    const { leads, record } = employee;
    if (emails !== undefined && (record.email === null || !emails.includes(foldEmail(record.email)))) return false;
    if (status !== undefined && (leads !== 'LUCCA' || record.status === null || !status.includes(record.status)))
      return false;
    const words = wordsOf(`${givenNameOf(employee) ?? ''} ${familyNameOf(employee) ?? displayNameOf(employee)}`);
    return wanted.every((start) => words.some((word) => word.startsWith(start)));
  };
}

/** As Lucca divides names into words: at spaces, hyphens, underscores, commas and full stops. */
const wordsOf = (text: string): string[] =>
  text
    .normalize('NFC')
    .toLowerCase()
    .split(/[\s\-_,.]+/u)
    .filter((it) => it !== '');

function comparing(order: EmployeeOrder, { loaders }: Context): (a: Employee, b: Employee) => number {
  if (order === 'FAMILY_NAME_ASC') return compareByFamilyName;
  if (order === 'FAMILY_NAME_DESC') return (a, b) => compareByFamilyName(b, a);
  // Only Lucca tells when a record was made.
  loaders.upstreams.client('LUCCA');
  const createdAt = ({ leads, record }: Employee) => (leads === 'LUCCA' ? (record.createdAt ?? '') : '');
  const ascending = (a: Employee, b: Employee) =>
    createdAt(a) < createdAt(b) ? -1 : createdAt(a) > createdAt(b) ? 1 : compareIds(a.id, b.id);
  return order === 'CREATED_AT_ASC' ? ascending : (a, b) => ascending(b, a);
}

const isOnlyCount = (info: GraphQLResolveInfo): boolean =>
  isSelected(info, 'totalCount') && !isSelected(info, 'edges', 'nodes', 'pageInfo');
