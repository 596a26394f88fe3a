import type { Company } from '../../src/sandbox/company/data.ts';
import {
  assignmentsOf,
  employmentOf,
  foldEmail,
  jobPositionOf,
  type Linking,
  type LuccaRow,
  luccaInOrder,
  naverKeyOf,
  naverMatches,
  statusOf,
  userMatches,
} from './truth.ts';

/** What q02 answers of each of Lucca's people, in its order, but for the id. */
export function fullJoinOf(company: Company, linking: Linking = {}) {
  const naverOf = naverMatches(company, linking);
  const userOf = userMatches(company, linking);
  return luccaInOrder(company).map((row) => {
    const naver = naverOf.get(row);
    const user = userOf.get(row);
    const jobPosition = jobPositionOf(company, row);
    const hireDate = naver?.row.employYmd;
    return {
      displayName: `${row.givenName} ${row.familyName}`,
      email: isShared(company, row) ? null : row.email,
      employeeNumber: row.employeeNumber,
      status: statusOf(company, row),
      hiredOn: hireDate ? hireDate : (employmentOf(company, row)?.startsOn ?? null),
      jobTitle: jobPosition?.jobTitle ?? null,
      grade: gradeOf(company, naver?.row.gradeExternalKey ?? null),
      position: positionOf(company, naver?.row.jobExternalKey ?? null),
      jobQualification: qualificationOf(company, jobPosition?.jobQualificationId ?? null),
      jobRoleAssignments: { nodes: user === undefined ? [] : heldRoles(company, user.row.id) },
      identities: [
        { upstream: 'LUCCA', upstreamId: row.id, matchedBy: 'SOURCE' },
        ...(naver ? [{ upstream: 'NAVER', upstreamId: naverKeyOf(naver.row), matchedBy: naver.matchedBy }] : []),
        ...(user ? [{ upstream: 'CTRL_HUB', upstreamId: user.row.id, matchedBy: user.matchedBy }] : []),
      ],
    };
  });
}

/** Whether another of Lucca's records has the address too. */
export const isShared = ({ lucca }: Company, row: LuccaRow): boolean =>
  lucca.employees.some(
    (it) => it !== row && it.email !== null && row.email !== null && foldEmail(it.email) === foldEmail(row.email),
  );

function gradeOf({ naver }: Company, key: string | null) {
  const row = naver.grades.find((it) => it.externalKey !== null && it.externalKey === key);
  return row === undefined ? null : { externalKey: row.externalKey, name: row.name, sortOrder: row.sortOrder };
}

function positionOf({ naver }: Company, key: string | null) {
  const row = naver.jobs.find((it) => it.externalKey !== null && it.externalKey === key);
  return row === undefined ? null : { externalKey: row.externalKey, name: row.name };
}

function qualificationOf({ lucca }: Company, id: string | null) {
  const row = lucca.jobQualifications.find((it) => it.id === id);
  if (row === undefined) return null;
  const profession = lucca.professions.find((it) => it.id === row.professionId);
  return {
    title: row.title,
    rank: row.rank,
    profession: profession === undefined ? null : { title: profession.title },
  };
}

function heldRoles(company: Company, userId: string) {
  return assignmentsOf(company, userId).map(({ type, createdAt, roleId }) => {
    const role = company.ctrlHub.jobRoles.find((it) => it.id === roleId);
    return {
      type,
      createdAt,
      role: role === undefined ? null : { name: role.name, requiredQualifications: role.required },
    };
  });
}
