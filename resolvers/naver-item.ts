import type { Awaitable } from '../src/domain/awaitable.ts';
import type { Connection, PageArgs } from '../src/domain/connection.ts';
import type { Employee } from '../src/domain/employee.ts';
import { textIn } from '../src/domain/locale.ts';
import type { NaverItem } from '../src/domain/organisation.ts';
import type { NaverPerson } from '../src/domain/people.ts';
import type { Context } from './context.ts';
import { compareByFamilyName } from './order.ts';
import { openPage, pageOf } from './paging.ts';

/** Grades and positions: two resources of one shape. */

export function name(item: NaverItem, args: { locale?: string | null | undefined }, context: Context): string {
  return textIn(args.locale ?? context.locale, item.names, item.name);
}

export const grade = (
  _: unknown,
  { externalKey }: { externalKey: string },
  { loaders }: Context,
): Awaitable<NaverItem | null> => loaders.reference.grade.load(externalKey);

export const position = (
  _: unknown,
  { externalKey }: { externalKey: string },
  { loaders }: Context,
): Awaitable<NaverItem | null> => loaders.reference.position.load(externalKey);

type ItemsArgs = PageArgs & { activeOnly?: boolean | null | undefined };

export const grades = async (_: unknown, args: ItemsArgs, context: Context): Promise<Connection<NaverItem>> =>
  pageOfItems('grades', context.loaders.lists.grades, args, context);

export const positions = async (_: unknown, args: ItemsArgs, context: Context): Promise<Connection<NaverItem>> =>
  pageOfItems('positions', context.loaders.lists.positions, args, context);

/** By NAVER's sortOrder, whose order its lists do not promise; rows without one last. */
async function pageOfItems(
  field: string,
  read: () => Awaitable<readonly NaverItem[]>,
  args: ItemsArgs,
  context: Context,
): Promise<Connection<NaverItem>> {
  const activeOnly = args.activeOnly ?? false;
  const page = openPage(args, `${field} ${activeOnly}`, context);
  const sorted = (await read())
    .filter((it) => it.isActive || !activeOnly)
    .sort((a, b) => (a.sortOrder ?? Infinity) - (b.sortOrder ?? Infinity) || compareKeys(a.externalKey, b.externalKey));
  return pageOf(sorted, page, (it) => it.externalKey, context);
}

const compareKeys = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export const gradeHolders = (item: NaverItem, args: PageArgs, context: Context): Promise<Connection<Employee>> =>
  holders(`Grade.employees ${item.externalKey}`, (it) => it.gradeKey === item.externalKey, args, context);

export const positionHolders = (item: NaverItem, args: PageArgs, context: Context): Promise<Connection<Employee>> =>
  holders(`Position.employees ${item.externalKey}`, (it) => it.positionKey === item.externalKey, args, context);

/** By family name. Somebody who stands in NAVER's list twice is one person. */
async function holders(
  scope: string,
  isHolder: (person: NaverPerson) => boolean,
  args: PageArgs,
  context: Context,
): Promise<Connection<Employee>> {
  const { lists, naming } = context.loaders;
  const page = openPage(args, scope, context);
  const rows = (await lists.naverPeople()).filter(isHolder);
  const named = await Promise.all(rows.map((it) => naming.ofNaver.load(it)));
  const people = [...new Map(named.flatMap((it) => (it === null ? [] : [[it.id, it] as const]))).values()];
  return pageOf(people.sort(compareByFamilyName), page, (it) => it.id, context);
}
