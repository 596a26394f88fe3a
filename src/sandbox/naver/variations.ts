import { digitsAsNumbers, everyRow, isMembers, type Members, oneRow, without } from '../odd-rows.ts';

/** Changes a list or an item of the emulator. */
type Variation = { list: (page: Members) => unknown; item?: (row: Members) => unknown };

const rowsOf = (page: Members): unknown[] => (Array.isArray(page.elements) ? page.elements : []);

const inElements = (change: (rows: unknown[]) => unknown): Variation => ({
  list: (page) => ({ ...page, elements: change(rowsOf(page)) }),
});
const inOneRow = (change: (row: Members) => unknown): Variation => ({
  ...inElements((rows) => oneRow(rows, change)),
  item: change,
});
const inEveryRow = (change: (row: Members) => unknown): Variation => ({
  ...inElements((rows) => everyRow(rows, change)),
  item: change,
});
/** Applies only to rows that have the member. */
const inOne = (name: string, value: unknown) => inOneRow((row) => (name in row ? { ...row, [name]: value } : row));
const withTotal = (change: (total: number, rows: number) => unknown): Variation => ({
  list: (page) => ({ ...page, totalCount: change(Number(page.totalCount), rowsOf(page).length) }),
});
const whole = (change: (body: Members) => unknown): Variation => ({ list: change, item: change });

const keyNames = ['externalKey', 'empId', 'empNo', 'gradeExternalKey', 'jobExternalKey'];
const firstKeyOf = ([first]: unknown[]): unknown => (isMembers(first) ? first.externalKey : undefined);
const swapCase = (key: unknown): unknown =>
  typeof key === 'string' ? (key === key.toUpperCase() ? key.toLowerCase() : key.toUpperCase()) : key;

/**
 * Forms of a reply that were seen at NAVER's gateway, or may occur, and that differ from the plain reading of its documents. A
 * variation of rows changes one row of each page, and items, unless its name says otherwise.
 */
const naverVariations = {
  'elements null': { list: (page) => ({ ...page, elements: null }) },
  'no elements': { list: (page) => without(page, 'elements') },
  'totalCount as text': withTotal(String),
  'totalCount null': withTotal(() => null),
  'no totalCount': { list: (page) => without(page, 'totalCount') },
  'totalCount of the page alone': withTotal((_, rows) => rows),
  'totalCount of more than there is': withTotal((total) => total + 50),
  'the offset as a page number': inElements((rows) => rows),
  'limit and offset ignored': inElements((rows) => rows),
  'the offset ignored': inElements((rows) => rows),
  'a row that is null': { ...inElements((rows) => oneRow(rows, () => null)), item: () => null },
  'no row that is an object': inElements((rows) => rows.map(() => 'odd')),
  'externalKey null': inOne('externalKey', null),
  'externalKey absent': inOneRow((row) => without(row, 'externalKey')),
  'externalKey an object': inOne('externalKey', { value: 'G' }),
  'keys as numbers': whole((body) => Object(digitsAsNumbers(body, keyNames))),
  'the key in another case': {
    list: (page) => page,
    item: (row) => ({ ...row, externalKey: swapCase(row.externalKey) }),
  },
  'two rows with one key': inElements((rows) => oneRow(rows, (row) => ({ ...row, externalKey: firstKeyOf(rows) }))),
  'references under both names': inEveryRow((row) => ({
    ...row,
    gradeCdExternalKey: 'another',
    jobCdExternalKey: 'another',
  })),
  'a reference as an object': inOne('gradeExternalKey', { externalKey: 'G' }),
  'sortOrder as a decimal text': inEveryRow((row) =>
    'sortOrder' in row ? { ...row, sortOrder: `${row.sortOrder}.0` } : row,
  ),
  'sortOrder 1.5': inOne('sortOrder', 1.5),
  'sortOrder null': inOne('sortOrder', null),
  'itemUsed as text': inEveryRow((row) => ('itemUsed' in row ? { ...row, itemUsed: String(row.itemUsed) } : row)),
  'itemUsed Y and N': inEveryRow((row) => ('itemUsed' in row ? { ...row, itemUsed: row.itemUsed ? 'Y' : 'N' } : row)),
  'itemUsed 1 and 0': inEveryRow((row) => ('itemUsed' in row ? { ...row, itemUsed: Number(row.itemUsed) } : row)),
  'itemUsed null': inOne('itemUsed', null),
  'itemUsed perhaps': inOne('itemUsed', 'perhaps'),
  'i18nNames null': inEveryRow((row) => ({ ...row, i18nNames: null })),
  'i18nNames absent': inEveryRow((row) => without(row, 'i18nNames')),
  'i18nNames []': inEveryRow((row) => ({ ...row, i18nNames: [] })),
  'i18nNames as text': inOne('i18nNames', '과장'),
  'i18nNames of null and blank': inOne('i18nNames', { ko_KR: null, en_US: '' }),
  'name null': inOne('name', null),
  'a date in another form': inOne('employYmd', '02/03/2021'),
  'a date that is blank': inOne('employYmd', ''),
  'a date that is null': inOne('employYmd', null),
  'an envelope': whole((body) => ({ status: 200, error: null, message: null, path: '/company', body })),
  'data around the list': { list: (page) => ({ data: page }) },
  'a bare list': { list: rowsOf },
  'a text for a list': whole(() => '"later"'),
} satisfies Record<string, Variation>;

export type NaverVariation = keyof typeof naverVariations;

const variationOf = (name: NaverVariation): Variation => naverVariations[name];

export const variedList = (page: object, name: NaverVariation | null): unknown =>
  name === null || !isMembers(page) ? page : variationOf(name).list(page);

export const variedItem = (row: Members, name: NaverVariation | null): unknown =>
  name === null ? row : (variationOf(name).item?.(row) ?? row);
