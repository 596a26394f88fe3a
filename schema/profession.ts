import { title } from '../resolvers/job-qualification.ts';
import { jobQualificationsOf, profession, professionEntity, professions } from '../resolvers/profession.ts';
import { toNodeId } from '../src/domain/node-id.ts';
import { builder } from './builder.ts';
import { addConnection, pageArgs } from './connection.ts';
import { LocalizedTextRef, localeFallback } from './localized-text.ts';
import { declaredBy } from './node.ts';

builder.objectType('Profession', {
  description: 'The kind of work that a person does, independent of rank. Owned by Lucca.',
  ...declaredBy(professionEntity),
  fields: (t) => ({
    id: t.id({ resolve: (row) => toNodeId('Profession', professionEntity.keyOf(row)) }),
    luccaId: t.exposeString('luccaId', { description: 'The id of the profession in Lucca.' }),
    title: t.string({ description: localeFallback, args: { locale: t.arg({ type: 'Locale' }) }, resolve: title }),
    titles: t.expose('titles', { type: [LocalizedTextRef], description: 'The translations of the title.' }),
    isArchived: t.exposeBoolean('isArchived', {
      description: 'New job-qualifications can no longer use an archived profession; existing ones keep it.',
    }),
    jobQualifications: t.field({
      type: 'JobQualificationConnection',
      nullable: true,
      description: 'The job-qualifications of this profession, lowest rank first.',
      args: pageArgs(t.arg),
      isPartition: true,
      reads: ['jobQualifications'],
      resolve: jobQualificationsOf,
    }),
  }),
});

addConnection('Profession');

builder.queryFields((t) => ({
  profession: t.field({
    type: 'Profession',
    nullable: true,
    description: 'A profession of Lucca.',
    args: { id: t.arg.id({ required: true }) },
    reads: ['professions'],
    resolve: profession,
  }),
  professions: t.field({
    type: 'ProfessionConnection',
    nullable: true,
    description: "Lucca's professions, including archived ones.",
    args: pageArgs(t.arg),
    reads: ['professions'],
    resolve: professions,
  }),
}));
