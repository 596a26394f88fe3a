import fc from 'fast-check';
import { day, digits, email, orNull, row, text, trimmedText } from './values.ts';

// Rows as WORKPLACE's tables, samples and live dumps show them.

const key = fc.oneof(
  digits,
  trimmedText(36).filter((it) => [...it].length <= 36),
);
const blankOr = <T>(value: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 4, arbitrary: value }, fc.constantFrom(null, '', '  '));

const i18nNames = fc.oneof(
  { weight: 1, arbitrary: fc.constant(null) },
  { weight: 4, arbitrary: fc.dictionary(fc.constantFrom('ko_KR', 'en_US', 'ja_JP', 'zh_CN', 'zh_TW'), orNull(text())) },
);

/** The table says String, samples show numbers, a sibling field comes as "1.0". */
const sortOrder = fc
  .integer({ min: -9999, max: 99_999 })
  .chain((value) => fc.constantFrom(value, `${value}`, `${value}.0`));

export const itemRow = row(
  {
    tenantId: fc.constant('T'),
    companyId: fc.constant('T'),
    externalKey: key,
    name: trimmedText(100),
    i18nNames,
    sortOrder,
    itemUsed: fc.boolean(),
  },
  ['externalKey', 'name', 'sortOrder', 'itemUsed'],
);

const referenceNames = fc.constantFrom(
  { grade: 'gradeExternalKey', job: 'jobExternalKey' },
  { grade: 'gradeCdExternalKey', job: 'jobCdExternalKey' },
);

const person = row(
  {
    tenantId: fc.constant('T'),
    companyId: fc.constant('T'),
    externalKey: blankOr(key),
    empId: fc.uuid(),
    loginId: trimmedText(100),
    emailAddress: blankOr(email),
    employYmd: blankOr(day),
    name: trimmedText(100),
    i18nNames,
    empNo: orNull(fc.oneof(digits, digits.map(Number))),
    deptExternalKey: orNull(key),
    deptNo: fc.uuid(),
    concurrentDeptExternalKeys: fc.constant([]),
    telephoneNo: orNull(text(30)),
    birthYmd: orNull(day),
    genderCd: fc.constantFrom(null, 'MALE', 'FEMALE'),
  },
  ['empId', 'loginId', 'name', 'emailAddress', 'employYmd'],
);

/** With its grade and job under either pair of names, or without. */
export const employeeRow = fc
  .tuple(person, referenceNames, blankOr(key), blankOr(key), fc.boolean())
  .map(([members, names, grade, job, refers]) => ({
    wire: refers ? { ...members, [names.grade]: grade, [names.job]: job } : members,
    members,
    grade: refers ? grade : null,
    job: refers ? job : null,
  }));

export type ItemRow = typeof itemRow extends fc.Arbitrary<infer Row> ? Row : never;
export type EmployeeRow = typeof employeeRow extends fc.Arbitrary<infer Row> ? Row : never;

/** Around the rows of a whole list on one page. */
export const around = (elements: readonly object[]) =>
  fc.constantFrom<object>(
    { elements, totalCount: elements.length },
    { totalCount: elements.length, elements },
    { elements, totalCount: `${elements.length}` },
    { elements },
    { status: 200, error: null, message: null, path: '/company', body: { elements, totalCount: elements.length } },
  );
