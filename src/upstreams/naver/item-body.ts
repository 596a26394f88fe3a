import type { NaverItem } from '../../domain/organisation.ts';
import type { NaverItemChanges, NewNaverItem } from '../../domain/writes.ts';
import { mergeNames, toWireNames, type WireNames } from './names.ts';
import { toNaverItem, toSortOrder } from './to-domain.ts';
import type { WireItem } from './wire.ts';

export type SortOrderForm = 'number' | 'string';

/** Source: NAVER, Job grade v2 and Job position v2: request body parameters. A PUT sends all of them, like a POST. */
export type ItemBody = WireItem & { i18nNames: WireNames; itemUsed: boolean };

/** The body of a new item. It has no locales without a country: the input check refuses those. */
export function newBody({ name, names, sortOrder, isActive }: NewNaverItem, form: SortOrderForm): ItemBody {
  return {
    name,
    i18nNames: mergeNames({}, names).names,
    sortOrder: inForm(sortOrder, form),
    itemUsed: isActive,
  };
}

/** The row with the changes applied. Unchanged members stay as NAVER sent them, unusual values included. */
export function changedBody(
  row: WireItem,
  { name, names, sortOrder, isActive }: NaverItemChanges,
  form: SortOrderForm,
): { body: ItemBody; unmapped: string[] } {
  const merged = mergeNames(toWireNames(row.i18nNames), names ?? []);
  const newSortOrder = sortOrder ?? toSortOrder(row.sortOrder);
  return {
    body: {
      name: name ?? row.name,
      i18nNames: merged.names,
      sortOrder: newSortOrder === null ? row.sortOrder : inForm(newSortOrder, form),
      itemUsed: isActive ?? row.itemUsed ?? true,
    },
    unmapped: merged.unmapped,
  };
}

/** NAVER's field table says that `sortOrder` is a String; its grade samples have a number, its job samples a string. */
const inForm = (sortOrder: number, form: SortOrderForm): number | string =>
  form === 'string' ? String(sortOrder) : sortOrder;

/** Whether row and body have equal content. Blank translations, which NAVER may fill in, do not count. */
export function isSame(row: WireItem, body: ItemBody): boolean {
  return contentOf(toNaverItem('', row)) === contentOf(toNaverItem('', body));
}

const contentOf = ({ name, names, sortOrder, isActive }: NaverItem): string =>
  JSON.stringify([name, names, sortOrder, isActive]);
