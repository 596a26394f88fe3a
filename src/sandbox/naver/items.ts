import type { NaverData, NaverItemRow } from '../company/data.ts';
import type { ItemBody } from './item-body.ts';
import type { NaverKnobs } from './knobs.ts';
import { ServiceRefusal, type serviceErrorCodes } from './service-error.ts';

/** Grades and jobs: one shape and one set of rules, two collections. */
export type ItemKind = {
  noun: 'grade' | 'job';
  rowsOf: (data: NaverData) => NaverItemRow[];
  notFound: keyof typeof serviceErrorCodes;
  employeesReference: 'gradeExternalKey' | 'jobExternalKey';
};

export const itemKinds = {
  grade: {
    noun: 'grade',
    rowsOf: (data) => data.grades,
    notFound: 'gradeNotFound',
    employeesReference: 'gradeExternalKey',
  },
  job: { noun: 'job', rowsOf: (data) => data.jobs, notFound: 'jobNotFound', employeesReference: 'jobExternalKey' },
} as const satisfies Record<string, ItemKind>;

/** The order of the list samples, ascending by sortOrder; unused items are listed too. */
export function itemsInOrder(kind: ItemKind, data: NaverData): NaverItemRow[] {
  return kind.rowsOf(data).toSorted((a, b) => a.sortOrder - b.sortOrder);
}

/** Throws ServiceRefusal where no item has the key. */
export function findItem(kind: ItemKind, data: NaverData, externalKey: string): NaverItemRow {
  const row = kind.rowsOf(data).find((it) => it.externalKey === externalKey);
  if (row === undefined) throw new ServiceRefusal(kind.notFound, `${kind.noun} not found`);
  return row;
}

/** Throws ServiceRefusal where the key or the name is taken. */
export function createItem(kind: ItemKind, data: NaverData, externalKey: string, body: ItemBody): void {
  const rows = kind.rowsOf(data);
  if (rows.some((it) => it.externalKey === externalKey)) {
    throw new ServiceRefusal('duplicateExternalKey', `${kind.noun} already exists`);
  }
  refuseTakenName(kind, rows, body.name);
  rows.push({ externalKey, ...storedFieldsOf(body) });
}

/** Replaces the whole object. Throws ServiceRefusal where there is no such item, or another one has the name. */
export function replaceItem(kind: ItemKind, data: NaverData, externalKey: string, body: ItemBody): void {
  const row = findItem(kind, data, externalKey);
  const others = kind.rowsOf(data).filter((it) => it !== row);
  refuseTakenName(kind, others, body.name);
  Object.assign(row, storedFieldsOf(body));
}

/** Throws ServiceRefusal where there is no such item, or where employees hold it and the knob protects them. */
export function deleteItem(kind: ItemKind, data: NaverData, externalKey: string, knobs: NaverKnobs): void {
  const row = findItem(kind, data, externalKey);
  const holders = data.employees.filter((it) => it[kind.employeesReference] === externalKey);
  if (holders.length > 0 && knobs.deleteInUse === 'refuse') {
    throw new ServiceRefusal('inUse', `${kind.noun} is in use`);
  }
  for (const holder of holders) holder[kind.employeesReference] = null;
  const rows = kind.rowsOf(data);
  rows.splice(rows.indexOf(row), 1);
}

/** An item as reads show it (NAVER, Job grade v2: search response example); tenantId equals companyId in all samples. */
export function shownItem(row: NaverItemRow, { companyId }: NaverData, knobs: NaverKnobs): Record<string, unknown> {
  return {
    tenantId: companyId,
    companyId,
    externalKey: row.externalKey,
    name: row.name,
    i18nNames: row.i18nNames,
    sortOrder: knobs.sortOrderAsString ? String(row.sortOrder) : row.sortOrder,
    itemUsed: row.itemUsed,
  };
}

/** "Duplication is not allowed": taken to mean the same characters within the company's grades, or its jobs. */
function refuseTakenName(kind: ItemKind, others: readonly NaverItemRow[], name: string): void {
  if (others.some((it) => it.name === name)) {
    throw new ServiceRefusal('duplicateName', `${kind.noun} name is already used`);
  }
}

function storedFieldsOf({ name, i18nNames, itemUsed, sortOrder }: ItemBody): Omit<NaverItemRow, 'externalKey'> {
  return { name, i18nNames: i18nNames ?? {}, itemUsed, sortOrder: Number(sortOrder) };
}
