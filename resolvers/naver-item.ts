import { type Awaitable, whenLoaded } from '../src/domain/awaitable.ts';
import type { Connection, PageArgs } from '../src/domain/connection.ts';
import type { Employee } from '../src/domain/employee.ts';
import { textIn } from '../src/domain/locale.ts';
import type { NaverItem } from '../src/domain/organisation.ts';
import type { NaverPerson } from '../src/domain/people.ts';
import type { Context } from './context.ts';
import { byFamilyName } from './employee-order.ts';
import { type Entity, inList, type Lookup } from './entity.ts';
import { createHolders } from './holders.ts';
import { byValue, sortedBy } from './order.ts';
import { openPage, pageOf } from './paging.ts';

/** Grades and positions have the same shape. Their key in NAVER is the company's own; other graphs may use it too. */
const byExternalKey = (byKey: Lookup<NaverItem>) => ({
  externalKey: { argument: 'keys', description: 'At most 1,000 external keys.', ...byKey },
});

const inGrades = inList('grades');
export const gradeEntity: Entity<NaverItem> = {
  plural: 'grades',
  scope: 'grades.readonly',
  dataClass: 'PUBLIC',
  population: 100,
  ...inGrades,
  otherKeys: byExternalKey(inGrades.byKey),
};

const inPositions = inList('positions');
export const positionEntity: Entity<NaverItem> = {
  plural: 'positions',
  scope: 'positions.readonly',
  dataClass: 'PUBLIC',
  population: 100,
  ...inPositions,
  otherKeys: byExternalKey(inPositions.byKey),
};

export function name(item: NaverItem, args: { locale?: string | null | undefined }, context: Context): string {
  return textIn(args.locale ?? context.locale, item.names, item.name);
}

type ByKey = { externalKey: string };

export const grade = (_: unknown, { externalKey }: ByKey, { loaders }: Context): Awaitable<NaverItem | null> =>
  loaders.row('grades', externalKey);

export const position = (_: unknown, { externalKey }: ByKey, { loaders }: Context): Awaitable<NaverItem | null> =>
  loaders.row('positions', externalKey);

/** By NAVER's sortOrder, because NAVER's lists are not guaranteed to be sorted. */
const bySortOrder = byValue<NaverItem>(
  (item) => item.sortOrder,
  (item) => item.externalKey,
);

type ItemsArgs = PageArgs & { activeOnly?: boolean | null | undefined };

const pageOfItems =
  (list: 'grades' | 'positions') =>
  (_: unknown, args: ItemsArgs, context: Context): Awaitable<Connection<NaverItem>> => {
    const activeOnly = args.activeOnly ?? false;
    const page = openPage(args, `${list} ${activeOnly}`, context);
    return whenLoaded(context.loaders.rows(list), (rows) => {
      const wanted = rows.filter((item) => item.isActive || !activeOnly);
      return pageOf(sortedBy(wanted, bySortOrder), page, bySortOrder, context);
    });
  };

export const grades = pageOfItems('grades');
export const positions = pageOfItems('positions');

/** The people who hold a grade or position, by family name. */
function holdersBy(type: 'Grade' | 'Position', keyOf: (person: NaverPerson) => string | null) {
  const holdersAmong = createHolders<Employee>();
  return (item: NaverItem, args: PageArgs, context: Context): Awaitable<Connection<Employee>> => {
    const page = openPage(args, `${type}.employees ${item.externalKey}`, context);
    return whenLoaded(context.loaders.view(), (view) => {
      const keyOfPerson = ({ links }: Employee) => links.NAVER && keyOf(links.NAVER.record);
      const people = holdersAmong(view.peopleLinkedTo('NAVER'), item.externalKey, keyOfPerson);
      return pageOf(people, page, byFamilyName(view), context);
    });
  };
}

export const gradeHolders = holdersBy('Grade', (person) => person.gradeKey);
export const positionHolders = holdersBy('Position', (person) => person.positionKey);
