import { name, position, positionEntity, positionHolders, positions } from '../resolvers/naver-item.ts';
import { toNodeId } from '../src/domain/node-id.ts';
import { builder } from './builder.ts';
import { addConnection, pageArgs } from './connection.ts';
import { LocalizedTextRef, localeFallback } from './localized-text.ts';
import { declaredBy } from './node.ts';

builder.objectType('Position', {
  description:
    "A job position, 직책: the duty of a person, such as team lead. Not Lucca's job-position, which is a step of a career. Owned by NAVER WORKPLACE.",
  ...declaredBy(positionEntity),
  fields: (t) => ({
    id: t.id({ resolve: (it) => toNodeId('Position', positionEntity.keyOf(it)) }),
    externalKey: t.exposeString('externalKey', { description: "The company's own key for it in NAVER WORKPLACE." }),
    name: t.string({ description: localeFallback, args: { locale: t.arg({ type: 'Locale' }) }, resolve: name }),
    names: t.expose('names', { type: [LocalizedTextRef], description: 'The i18n names that are not blank.' }),
    sortOrder: t.exposeInt('sortOrder', {
      nullable: true,
      description: 'Where NAVER WORKPLACE displays it; several may share a place.',
    }),
    isActive: t.exposeBoolean('isActive', { description: "NAVER's itemUsed: whether it is in use." }),
    employees: t.field({
      type: 'EmployeeConnection',
      nullable: true,
      description: 'The people who have it in NAVER WORKPLACE, by family name.',
      dataClass: 'PERSONAL',
      args: pageArgs(t.arg),
      isPartition: true,
      reads: ['employees', 'people'],
      resolve: positionHolders,
    }),
    version: t.exposeString('version', { description: "Changes whenever NAVER's representation does." }),
  }),
});

addConnection('Position');

builder.queryFields((t) => ({
  position: t.field({
    type: 'Position',
    nullable: true,
    description: 'A job position by its key in NAVER WORKPLACE.',
    args: { externalKey: t.arg.string({ required: true }) },
    reads: ['positions'],
    resolve: position,
  }),
  positions: t.field({
    type: 'PositionConnection',
    nullable: true,
    description: 'The job positions of NAVER WORKPLACE in display order.',
    args: {
      ...pageArgs(t.arg),
      activeOnly: t.arg.boolean({ defaultValue: false, description: 'Leave out those that are not in use.' }),
    },
    reads: ['positions'],
    resolve: positions,
  }),
}));
