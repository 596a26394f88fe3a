import { title } from '../resolvers/job-qualification.ts';
import { jobQualificationsOf, profession, professions } from '../resolvers/profession.ts';
import { toNodeId } from '../src/domain/node-id.ts';
import { builder } from './builder.ts';
import { connectionOf, pageArgs } from './connection.ts';
import { isPublic } from './data-class.ts';
import { JobQualificationConnection } from './job-qualification-connection.ts';
import { LocalizedTextRef, localeFallback } from './localized-text.ts';
import { NodeRef } from './node.ts';
import { reading } from './reading.ts';
import { ProfessionRef } from './refs.ts';

ProfessionRef.implement({
  description: "The nature of somebody's work, at whatever rank. Owned by Lucca.",
  interfaces: [NodeRef],
  directives: isPublic,
  fields: (t) => ({
    id: t.id({ resolve: (it) => toNodeId('Profession', it.luccaId) }),
    luccaId: t.exposeString('luccaId'),
    title: t.string({ description: localeFallback, args: { locale: t.arg({ type: 'Locale' }) }, resolve: title }),
    titles: t.expose('titles', { type: [LocalizedTextRef], description: 'The translations of the title.' }),
    isArchived: t.exposeBoolean('isArchived', {
      description: 'New job-qualifications may no longer refer to it; existing ones keep it.',
    }),
    jobQualifications: t.field({
      type: JobQualificationConnection,
      nullable: true,
      description: 'This profession at its ranks, the lowest first.',
      args: pageArgs(t.arg),
      extensions: reading('jobQualifications'),
      resolve: jobQualificationsOf,
    }),
  }),
});

const ProfessionConnection = connectionOf('Profession', ProfessionRef, isPublic);

builder.queryFields((t) => ({
  profession: t.field({
    type: ProfessionRef,
    nullable: true,
    description: 'A profession of Lucca.',
    args: { id: t.arg.id({ required: true }) },
    extensions: reading('professions'),
    resolve: profession,
  }),
  professions: t.field({
    type: ProfessionConnection,
    nullable: true,
    description: "Lucca's professions, archived ones included.",
    args: pageArgs(t.arg),
    extensions: reading('professions'),
    resolve: professions,
  }),
}));
