import type { Company } from '../../src/sandbox/company/data.ts';
import {
  assignmentsOf,
  employmentOf,
  foldEmail,
  jobPositionOf,
  type LuccaRow,
  luccaInOrder,
  naverKeyOf,
  statusOf,
} from './truth.ts';
import { type Linking, type Person, peopleOf } from './truth-people.ts';

/** Fields that are null with CONFLICT where the link that they need is contested, by the system that it leads to. */
const contestedFields = { naver: ['grade', 'hiredOn', 'position'], user: ['jobRoleAssignments'] } as const;

/** Lucca's people by family name, ties by id. */
export function luccaPeople(company: Company, linking: Linking = {}): (Person & { lucca: LuccaRow })[] {
  const people = peopleOf(company, linking);
  return luccaInOrder(company).flatMap((lucca) => {
    const person = people.find((it) => it.lucca === lucca);
    return person === undefined ? [] : [{ ...person, lucca }];
  });
}

/** What q02 answers of each of Lucca's people, in its order, but for the id. */
export const fullJoinOf = (company: Company, linking: Linking = {}) =>
  luccaPeople(company, linking).map(({ lucca, naver, user, matchedBy, contested }) => {
    const jobPosition = jobPositionOf(company, lucca);
    const isNaverContested = contested.includes('naver');
    return {
      displayName: `${lucca.givenName} ${lucca.familyName}`,
      email: lucca.email,
      employeeNumber: lucca.employeeNumber,
      status: statusOf(company, lucca),
      // A blank hire date of NAVER's is none.
      hiredOn: isNaverContested ? null : naver?.employYmd || (employmentOf(company, lucca)?.startsOn ?? null),
      jobTitle: jobPosition?.jobTitle ?? null,
      grade: gradeOf(company, naver?.gradeExternalKey ?? null),
      position: positionOf(company, naver?.jobExternalKey ?? null),
      jobQualification: qualificationOf(company, jobPosition?.jobQualificationId ?? null),
      jobRoleAssignments: contested.includes('user')
        ? null
        : { nodes: user === null ? [] : heldRoles(company, user.id) },
      identities: [
        { upstream: 'LUCCA', upstreamId: lucca.id, matchedBy: 'SOURCE' },
        ...(naver ? [{ upstream: 'NAVER', upstreamId: naverKeyOf(naver), matchedBy: matchedBy.naver }] : []),
        ...(user ? [{ upstream: 'CTRL_HUB', upstreamId: user.id, matchedBy: matchedBy.user }] : []),
      ],
    };
  });

/** The fields of q02 that are null with CONFLICT, as `displayName field`, in alphabetical order. */
export const contestedFieldsOf = (company: Company, linking: Linking = {}): string[] =>
  luccaPeople(company, linking)
    .flatMap(({ lucca, contested }) =>
      contested.flatMap((system) =>
        contestedFields[system].map((field) => `${lucca.givenName} ${lucca.familyName} ${field}`),
      ),
    )
    .sort();

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
