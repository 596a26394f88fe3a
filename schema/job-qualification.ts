import {
  holders,
  jobQualification,
  jobQualificationEntity,
  jobQualifications,
  professionOf,
  title,
} from '../resolvers/job-qualification.ts';
import type { JobQualificationFilter } from '../src/domain/filters.ts';
import { toNodeId } from '../src/domain/node-id.ts';
import { builder } from './builder.ts';
import { addConnection, pageArgs } from './connection.ts';
import { LocalizedTextRef, localeFallback } from './localized-text.ts';
import { declaredBy } from './node.ts';

builder.objectType('JobQualification', {
  description: 'A profession at a rank, which is the qualification of a person. Owned by Lucca.',
  ...declaredBy(jobQualificationEntity),
  fields: (t) => ({
    id: t.id({ resolve: (row) => toNodeId('JobQualification', jobQualificationEntity.keyOf(row)) }),
    luccaId: t.exposeString('luccaId', { description: 'The id of the job-qualification in Lucca.' }),
    title: t.string({ description: localeFallback, args: { locale: t.arg({ type: 'Locale' }) }, resolve: title }),
    titles: t.expose('titles', { type: [LocalizedTextRef], description: 'The translations of the title.' }),
    rank: t.exposeInt('rank', { description: 'From 1 upwards. A higher rank means more expertise or responsibility.' }),
    profession: t.field({
      type: 'Profession',
      nullable: true,
      reads: ['professions'],
      resolve: professionOf,
    }),
    employees: t.field({
      type: 'EmployeeConnection',
      nullable: true,
      description: 'The people whose applicable job-position in Lucca has this qualification, by family name.',
      dataClass: 'PERSONAL',
      args: pageArgs(t.arg),
      isPartition: true,
      reads: ['employees'],
      resolve: holders,
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', nullable: true }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime', nullable: true }),
    version: t.exposeString('version', {
      description: "Changes whenever Lucca's representation of the qualification changes.",
    }),
  }),
});

addConnection('JobQualification');

const JobQualificationFilterInput = builder.inputRef<JobQualificationFilter>('JobQualificationFilter').implement({
  description: 'Conditions are ANDed. Values of one condition are ORed. An empty list matches nothing.',
  fields: (t) => ({
    ranks: t.intList({ description: 'One of these ranks.' }),
    professionIds: t.idList({ description: 'Ids of professions.' }),
  }),
});

builder.queryFields((t) => ({
  jobQualification: t.field({
    type: 'JobQualification',
    nullable: true,
    description: 'A job-qualification of Lucca.',
    args: { id: t.arg.id({ required: true }) },
    reads: ['jobQualifications'],
    resolve: jobQualification,
  }),
  jobQualifications: t.field({
    type: 'JobQualificationConnection',
    nullable: true,
    description: "Lucca's job-qualifications.",
    args: { ...pageArgs(t.arg), filter: t.arg({ type: JobQualificationFilterInput }) },
    reads: ['jobQualifications'],
    resolve: jobQualifications,
  }),
}));
