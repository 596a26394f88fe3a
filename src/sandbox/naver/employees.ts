import { createHash } from 'node:crypto';
import type { NaverData, NaverEmployeeRow } from '../company/data.ts';
import type { NaverKnobs } from './knobs.ts';
import { ServiceRefusal } from './service-error.ts';

/** Throws ServiceRefusal if no employee has the key. */
export function findEmployee(data: NaverData, externalKey: string): NaverEmployeeRow {
  const row = data.employees.find((employee) => employee.externalKey === externalKey);
  if (row === undefined) throw new ServiceRefusal('employeeNotFound', 'employee not found');
  return row;
}

/**
 * An employee in a reply: the members of a write (NAVER, Employee v2: request body) without the two password fields, plus
 * WORKPLACE's own keys. Members that the sandbox does not store are null, like unset members of NAVER's other rows.
 */
export function shownEmployee(row: NaverEmployeeRow, { companyId }: NaverData, knobs: NaverKnobs) {
  return {
    tenantId: companyId,
    companyId,
    externalKey: row.externalKey,
    empId: row.empId,
    ...(knobs.employeeNumbers === 'emit' && { empNo: row.empNo }),
    loginId: row.loginId,
    emailAddress: row.emailAddress,
    employYmd: row.employYmd,
    name: row.name,
    i18nNames: row.i18nNames,
    ...referencesOf(row, knobs),
    deptExternalKey: row.deptExternalKey,
    deptNo: deptNoOf(companyId, row.deptExternalKey),
    concurrentDeptExternalKeys: [],
    ...unstoredFields,
    birthYmd: row.birthYmd ?? null,
  };
}

const unstoredFields = {
  empTypeExternalKey: null,
  telephoneNo: null,
  cellphoneNo: null,
  genderCd: null,
  empNick: null,
  localeTypeCd: null,
  tmznTypeCd: null,
  zipCode: null,
  address: null,
  addressDetail: null,
};

function referencesOf(row: NaverEmployeeRow, knobs: NaverKnobs): Record<string, string | null> {
  return knobs.employeeReferences === 'gradeExternalKey'
    ? { gradeExternalKey: row.gradeExternalKey, jobExternalKey: row.jobExternalKey }
    : { gradeCdExternalKey: row.gradeExternalKey, jobCdExternalKey: row.jobExternalKey };
}

/** WORKPLACE's own 36-character key of a department, always the same for one department. */
function deptNoOf(companyId: string, deptExternalKey: string): string {
  const digest = createHash('sha256').update(`${companyId}/${deptExternalKey}`).digest('hex');
  return digest.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
