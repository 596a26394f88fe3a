/** NAVER, Job grade v2 and Job position v2: response example of the list search. */
export const itemMembers = ['tenantId', 'companyId', 'externalKey', 'name', 'i18nNames', 'sortOrder', 'itemUsed'];

/**
 * No document shows a row of the employee list. We expect the members of NAVER, Employee v2: request body (without the
 * password), and WORKPLACE's own keys.
 */
export const employeeMembers = [
  ...['tenantId', 'companyId', 'externalKey', 'empId', 'empNo', 'loginId', 'emailAddress', 'employYmd', 'name'],
  ...['i18nNames', 'telephoneNo', 'cellphoneNo', 'birthYmd', 'genderCd', 'empNick', 'localeTypeCd', 'tmznTypeCd'],
  ...['zipCode', 'address', 'addressDetail', 'deptExternalKey', 'deptNo', 'concurrentDeptExternalKeys'],
  ...['empTypeExternalKey', 'gradeExternalKey', 'gradeCdExternalKey', 'jobExternalKey', 'jobCdExternalKey'],
];
