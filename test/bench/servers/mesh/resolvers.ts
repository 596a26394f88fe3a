import type { Employee, JobQualification } from '../hand/rows.ts';
import { assignments, jobPositions } from './batches.ts';
import { grades, jobQualifications, members, people, positions, professions } from './lists.ts';
import type { Context } from './sdk.ts';

const personOf = async ({ email }: Employee, context: Context) =>
  email === null ? null : ((await people(context)).get(email.trim().toLowerCase()) ?? null);
const memberOf = async ({ email }: Employee, context: Context) =>
  email === null ? null : ((await members(context)).get(email.trim().toLowerCase()) ?? null);
const jobPositionOf = ({ applicableJobPosition }: Employee, context: Context) =>
  applicableJobPosition && jobPositions(context).load(applicableJobPosition.id);

const needingEmail = <T>(resolve: (root: Employee, context: Context) => T) => ({
  selectionSet: '{ email }',
  resolve: (root: Employee, _: object, context: Context) => resolve(root, context),
});
const needingJobPosition = <T>(resolve: (root: Employee, context: Context) => T) => ({
  selectionSet: '{ applicableJobPosition { id } }',
  resolve: (root: Employee, _: object, context: Context) => resolve(root, context),
});

/** The joins that OpenAPI documents cannot declare. What does not need one another is asked for side by side. */
export const resolvers = {
  LuccaEmployee: {
    jobPosition: needingJobPosition(jobPositionOf),
    jobQualification: needingJobPosition(async (root, context) => {
      const [position, known] = await Promise.all([
        jobPositionOf(root, context),
        jobQualifications(context),
        professions(context),
      ]);
      return known.get(position?.jobQualification?.id ?? '') ?? null;
    }),
    naver: needingEmail(personOf),
    grade: needingEmail(async (root, context) => {
      const [person, known] = await Promise.all([personOf(root, context), grades(context)]);
      return known.get(person?.gradeExternalKey ?? '') ?? null;
    }),
    position: needingEmail(async (root, context) => {
      const [person, known] = await Promise.all([personOf(root, context), positions(context)]);
      return known.get(person?.jobExternalKey ?? '') ?? null;
    }),
    ctrlHub: needingEmail(memberOf),
    jobRoleAssignments: needingEmail(async (root, context) => {
      const member = await memberOf(root, context);
      return member === null ? [] : assignments(context).load(member.id);
    }),
  },
  LuccaJobQualification: {
    its: {
      selectionSet: '{ profession { id } }',
      resolve: async ({ profession }: JobQualification, _: object, context: Context) =>
        (await professions(context)).get(profession?.id ?? '') ?? null,
    },
  },
};
