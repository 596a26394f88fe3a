import { toLocalizedTexts } from '../../domain/locale.ts';
import type { NaverItem } from '../../domain/organisation.ts';
import type { NaverPerson } from '../../domain/people.ts';
import { createSharing, type Sharing, toText } from '../../domain/text.ts';
import { birthdayIn, toDate } from '../../domain/time.ts';
import { versionOf } from '../../domain/version.ts';
import type { WireEmployee, WireItem } from './wire.ts';

/** NAVER requires `itemUsed` in every write. A row without it counts as used: hiding it would be the worse mistake. */
const usedByDefault = true;

const maxSortOrder = 2 ** 31 - 1;

/** The key exactly as received, because keys are compared exactly; null for a blank or absent key. */
export function toKey(key: string | null | undefined): string | null {
  return toText(key) === null ? null : (key ?? null);
}

/**
 * A grade or a job with this key. The name falls back to the key. `version` covers everything that a write can change
 * (NAVER, Job grade v2: request body parameters), as NAVER sent it.
 */
export function toNaverItem(externalKey: string, row: WireItem): NaverItem {
  const translations = row.i18nNames ?? {};
  const sortOrder = toSortOrder(row.sortOrder);
  const isActive = row.itemUsed ?? usedByDefault;
  return {
    externalKey,
    name: toText(row.name) ?? externalKey,
    names: toLocalizedTexts(translations),
    sortOrder,
    isActive,
    version: versionOf({ name: row.name ?? null, i18nNames: translations, sortOrder, itemUsed: isActive }),
  };
}

/** Reads a 32-bit integer from a number or a decimal text ("9", "1.0"); null for anything else. */
export function toSortOrder(value: number | string | null | undefined): number | null {
  const isNumeric = typeof value === 'number' || /^[+-]?\d+(\.\d+)?$/.test(value?.trim() ?? '');
  const number = isNumeric ? Number(value) : Number.NaN;
  if (!Number.isInteger(number) || Math.abs(number) > maxSortOrder) return null;
  return number === 0 ? 0 : number;
}

/** An employee row. Blank texts and impossible hire dates become null. */
export function toNaverPerson(row: WireEmployee, shared: Sharing = createSharing()): NaverPerson {
  return {
    externalKey: toKey(row.externalKey),
    empId: toKey(row.empId),
    loginId: toText(row.loginId),
    email: toText(row.emailAddress),
    name: toText(row.name),
    names: toLocalizedTexts(row.i18nNames ?? {}),
    hiredOn: shared(toDate(row.employYmd)),
    employeeNumber: toText(row.empNo?.toString()),
    birthday: shared(birthdayIn(toDate(row.birthYmd))),
    gradeKey: shared(toKey(row.gradeExternalKey) ?? toKey(row.gradeCdExternalKey)),
    positionKey: shared(toKey(row.jobExternalKey) ?? toKey(row.jobCdExternalKey)),
  };
}
