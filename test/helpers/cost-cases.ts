import type { Company } from '../../src/sandbox/company/data.ts';
import { isTaken } from './truth.ts';
import type { ReferenceList } from './whole-lists.ts';

/** A canonical operation, with the lists that it needs beside the directory. */
export type CostCase = {
  name: string;
  lists: ReferenceList[];
  variables?: (company: Company) => Record<string, unknown>;
};

const nodeId = (type: string, key: string): string => Buffer.from(`${type}:${key}`).toString('base64url');

const showcaseEmail = 'mina.han@hanbit-marine.example';

/** A grade, a profession and a job role that some of the crane crew share. */
function acrossSystems({ lucca, naver, ctrlHub }: Company) {
  const user = ctrlHub.users.find((it) => it.email === showcaseEmail);
  const roleId = ctrlHub.assignments.find((it) => it.userId === user?.id)?.roleId ?? '';
  const professionId = lucca.professions.find((it) => it.title === 'Lifting Operations')?.id ?? '';
  const gradeKey = naver.employees.find((it) => it.emailAddress?.toLowerCase() === showcaseEmail)?.gradeExternalKey;
  return {
    filter: {
      gradeKeys: [gradeKey],
      professionIds: [nodeId('Profession', professionId)],
      minRank: 2,
      jobRoleIds: [nodeId('JobRole', roleId)],
    },
  };
}

/** Four ids of each of five kinds; the assignments are of four users. */
function ofFiveKinds({ lucca, naver, ctrlHub }: Company) {
  const { assignments } = ctrlHub;
  const users = [...new Set(assignments.map((it) => it.userId))].slice(0, 4);
  const roles = [...new Set(assignments.map((it) => it.roleId))].slice(0, 4);
  return {
    ids: [
      ...lucca.employees.slice(0, 4).map(({ id }) => nodeId('Employee', `L:${id}`)),
      ...naver.grades.slice(0, 4).map(({ externalKey }) => nodeId('Grade', externalKey ?? '')),
      ...roles.map((id) => nodeId('JobRole', id)),
      ...lucca.jobQualifications.slice(0, 4).map(({ id }) => nodeId('JobQualification', id)),
      ...users.map((userId) => {
        const id = assignments.find((it) => it.userId === userId)?.id;
        return nodeId('JobRoleAssignment', `${id}.${userId}`);
      }),
    ],
  };
}

function aHundredByEmail(company: Company) {
  const emails = company.lucca.employees.flatMap(({ email }) => email ?? []).filter((it) => !isTaken(company, it));
  return { people: emails.slice(0, 100).map((email) => ({ __typename: 'Employee', email })) };
}

export const costCases: CostCase[] = [
  { name: 'q01-directory-page', lists: [] },
  { name: 'q02-full-join', lists: ['jobQualifications', 'professions', 'grades', 'positions'] },
  {
    name: 'q03-person',
    lists: ['jobQualifications', 'professions', 'grades', 'positions'],
    variables: () => ({ email: showcaseEmail }),
  },
  { name: 'q04-role-board', lists: [] },
  { name: 'q05-grade-ladder', lists: ['grades'] },
  { name: 'q06-skills-matrix', lists: ['jobQualifications', 'professions'] },
  { name: 'q07-across-systems', lists: ['jobQualifications'], variables: acrossSystems },
  { name: 'q08-unlinked', lists: [] },
  { name: 'q09-refetch', lists: ['jobQualifications', 'grades'], variables: ofFiveKinds },
  { name: 'q10-entities', lists: ['jobQualifications', 'grades'], variables: aHundredByEmail },
  { name: 'q11-counts', lists: ['jobQualifications', 'professions', 'grades', 'positions'] },
];
