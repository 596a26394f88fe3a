import type { NaverItem } from '../../domain/organisation.ts';
import type { NaverItemChanges, NewNaverItem } from '../../domain/writes.ts';
import { mergeNames, toWireNames, type WireNames } from './names.ts';
import { toNaverItem, toSortOrder } from './to-domain.ts';
import type { WireItem } from './wire.ts';

export type SortOrderForm = 'number' | 'string';

/** NAVER, Job grade v2 and Job position v2: request body parameters. A PUT sends all of them, as a POST does. */
export type ItemBody = WireItem & { i18nNames: WireNames; itemUsed: boolean };

/** Of a new item; locales without a country are left out, since the input check has refused them. */
export function newBody({ name, names, sortOrder, isActive }: NewNaverItem, form: SortOrderForm): ItemBody {
  return {
    name,
    i18nNames: mergeNames({}, names).names,
    sortOrder: inForm(sortOrder, form),
    itemUsed: isActive,
  };
}

/** The row with the changes; what is not changed stays as NAVER sent it, odd values included. */
export function changedBody(
  row: WireItem,
  { name, names, sortOrder, isActive }: NaverItemChanges,
  form: SortOrderForm,
): { body: ItemBody; unmapped: string[] } {
  const merged = mergeNames(toWireNames(row.i18nNames), names ?? []);
  const wanted = sortOrder ?? toSortOrder(row.sortOrder);
  return {
    body: {
      name: name ?? row.name,
      i18nNames: merged.names,
      sortOrder: wanted === null ? row.sortOrder : inForm(wanted, form),
      itemUsed: isActive ?? row.itemUsed ?? true,
    },
    unmapped: merged.unmapped,
  };
}

/** NAVER's table types `sortOrder` as String; its grade samples write a number, its job samples a string. */
const inForm = (sortOrder: number, form: SortOrderForm): number | string =>
  form === 'string' ? String(sortOrder) : sortOrder;

/** Whether the two say the same: NAVER may fill in blank translations, which say nothing. */
export function isSame(row: WireItem, body: ItemBody): boolean {
  return contentOf(toNaverItem('', row)) === contentOf(toNaverItem('', body));
}

const contentOf = ({ name, names, sortOrder, isActive }: NaverItem): string =>
  JSON.stringify([name, names, sortOrder, isActive]);
