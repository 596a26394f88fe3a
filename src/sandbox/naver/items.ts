import type { NaverData, NaverItemRow } from '../company/data.ts';
import type { ItemBody } from './item-body.ts';
import type { NaverKnobs } from './knobs.ts';
import { ServiceRefusal, type serviceErrorCodes } from './service-error.ts';

/** Grades and jobs: two collections with the same shape and rules. */
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

/** The order of the list samples: ascending by sortOrder. Unused items are in the list too. */
export function itemsInOrder(kind: ItemKind, data: NaverData): NaverItemRow[] {
  return kind.rowsOf(data).toSorted((a, b) => a.sortOrder - b.sortOrder);
}

/** Throws ServiceRefusal if no item has the key. */
export function findItem(kind: ItemKind, data: NaverData, externalKey: string): NaverItemRow {
  const row = kind.rowsOf(data).find((candidate) => candidate.externalKey === externalKey);
  if (row === undefined) throw new ServiceRefusal(kind.notFound, `${kind.noun} not found`);
  return row;
}

/** Throws ServiceRefusal if the key or the name exists already. */
export function createItem(kind: ItemKind, data: NaverData, externalKey: string, body: ItemBody): void {
  const rows = kind.rowsOf(data);
  if (rows.some((other) => other.externalKey === externalKey)) {
    throw new ServiceRefusal('duplicateExternalKey', `${kind.noun} already exists`);
  }
  refuseTakenName(kind, rows, body.name);
  rows.push({ externalKey, ...storedFieldsOf(body) });
}

/** Replaces the whole object. Throws ServiceRefusal if the item does not exist, or if another item has the name. */
export function replaceItem(kind: ItemKind, data: NaverData, externalKey: string, body: ItemBody): void {
  const row = findItem(kind, data, externalKey);
  const others = kind.rowsOf(data).filter((other) => other !== row);
  refuseTakenName(kind, others, body.name);
  Object.assign(row, storedFieldsOf(body));
}

/** Throws ServiceRefusal if the item does not exist, or if employees have it and the knob protects it. */
export function deleteItem(kind: ItemKind, data: NaverData, externalKey: string, knobs: NaverKnobs): void {
  const row = findItem(kind, data, externalKey);
  const holders = data.employees.filter((employee) => employee[kind.employeesReference] === externalKey);
  if (holders.length > 0 && knobs.deleteInUse === 'refuse') {
    throw new ServiceRefusal('inUse', `${kind.noun} is in use`);
  }
  for (const holder of holders) holder[kind.employeesReference] = null;
  const rows = kind.rowsOf(data);
  rows.splice(rows.indexOf(row), 1);
}

/** An item in a reply (NAVER, Job grade v2: search response example). tenantId equals companyId in all samples. */
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

/** "Duplication is not allowed" is read as: no two grades, and no two jobs, of a company have exactly the same name. */
function refuseTakenName(kind: ItemKind, others: readonly NaverItemRow[], name: string): void {
  if (others.some((other) => other.name === name)) {
    throw new ServiceRefusal('duplicateName', `${kind.noun} name is already used`);
  }
}

function storedFieldsOf({ name, i18nNames, itemUsed, sortOrder }: ItemBody): Omit<NaverItemRow, 'externalKey'> {
  return { name, i18nNames: i18nNames ?? {}, itemUsed, sortOrder: Number(sortOrder) };
}
