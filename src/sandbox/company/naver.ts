import type { NaverData, NaverEmployeeRow } from './data.ts';
import { emailAddress } from './identity-cases.ts';
import { employeeNumber, naverExternalKey, uuid } from './ids.ts';
import { CREW_GRADE, CREW_JOB, createNaverCatalogue, heldGradeKeys, heldJobKeys } from './naver-catalogue.ts';
import type { Person } from './people.ts';
import type { Random } from './random.ts';
import { spread } from './spread.ts';

const gradeOf = spread<'held' | 'none' | 'missing'>([
  [38, 'held'],
  [4, 'none'],
  [1, 'missing'],
]);
const jobOf = spread<'held' | 'none'>([
  [25, 'held'],
  [4, 'none'],
]);
const hireDateOf = spread<'known' | 'blank' | 'none'>([
  [36, 'known'],
  [3, 'blank'],
  [2, 'none'],
]);
const latinNamesOf = spread<'english' | 'nothing' | 'blank'>([
  [15, 'english'],
  [3, 'nothing'],
  [1, 'blank'],
]);
const departmentKeys = Array.from({ length: 9 }, (_, index) => `D0${index + 1}`);

/** The data of NAVER WORKPLACE about its people. */
export function createNaver(people: readonly Person[], random: Random): NaverData {
  return {
    companyId: uuid('naverCompany', 1),
    ...createNaverCatalogue(),
    employees: people.filter(({ identity }) => identity.naver !== null).map((person) => createEmployee(person, random)),
  };
}

function createEmployee(person: Person, random: Random): NaverEmployeeRow {
  const { number, loginName, mailbox, identity, hiredOn } = person;
  const agreesOnNumber = identity.agreement === 'every' || identity.agreement === 'employee-number';
  const hireDate = hireDateOf(person);
  const gradeKey = person.isCrew ? CREW_GRADE : random.pick(heldGradeKeys);
  const jobKey = person.isCrew ? CREW_JOB : random.pick(heldJobKeys);
  const grade = gradeOf(person);
  return {
    externalKey: identity.naverKey === 'external-key' ? naverExternalKey(number) : null,
    empId: identity.naverKey === 'neither' ? null : uuid('naverEmployee', number),
    loginId: `${loginName}@hanbit-marine.by-works.example`,
    emailAddress: identity.naver === null || identity.naver === 'none' ? null : emailAddress(mailbox, identity.naver),
    ...namesOf(person),
    employYmd: hireDate === 'known' ? hiredOn : hireDate === 'blank' ? '' : null,
    empNo: agreesOnNumber ? employeeNumber(number) : null,
    // G99: a grade that was deleted while people still had it.
    gradeExternalKey: grade === 'held' ? gradeKey : grade === 'none' ? null : 'G99',
    jobExternalKey: jobOf(person) === 'held' ? jobKey : null,
    deptExternalKey: random.pick(departmentKeys),
  };
}

/** Names are in the person's own script if there is one, else in Latin letters. */
function namesOf(person: Person): Pick<NaverEmployeeRow, 'name' | 'i18nNames'> {
  const latin = [person.givenName, person.familyName].filter(Boolean).join(' ');
  const [native] = Object.values(person.nativeNames);
  const translated = { english: { en_US: latin }, nothing: {}, blank: { en_US: '', ko_KR: '  ' } }[
    latinNamesOf(person)
  ];
  return { name: native ?? latin, i18nNames: { ...translated, ...person.nativeNames } };
}
