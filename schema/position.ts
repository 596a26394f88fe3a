import { name, position, positionEntity, positionHolders, positions } from '../resolvers/naver-item.ts';
import { toNodeId } from '../src/domain/node-id.ts';
import { builder } from './builder.ts';
import { addConnection, pageArgs } from './connection.ts';
import { LocalizedTextRef, localeFallback } from './localized-text.ts';
import { declaredBy } from './node.ts';

builder.objectType('Position', {
  description:
    "A job position, 직책: the duty of a person, such as team lead. Not the same as Lucca's job-position, which is a step of a career. Owned by NAVER WORKPLACE.",
  ...declaredBy(positionEntity),
  fields: (t) => ({
    id: t.id({ resolve: (row) => toNodeId('Position', positionEntity.keyOf(row)) }),
    externalKey: t.exposeString('externalKey', {
      description: "The company's own key of the position in NAVER WORKPLACE.",
    }),
    name: t.string({ description: localeFallback, args: { locale: t.arg({ type: 'Locale' }) }, resolve: name }),
    names: t.expose('names', { type: [LocalizedTextRef], description: "NAVER's i18n names, without blank ones." }),
    sortOrder: t.exposeInt('sortOrder', {
      nullable: true,
      description: 'The place in the display order of NAVER WORKPLACE; several positions may share one.',
    }),
    isActive: t.exposeBoolean('isActive', { description: "NAVER's itemUsed: whether the position is in use." }),
    employees: t.field({
      type: 'EmployeeConnection',
      nullable: true,
      description: 'The people with this position in NAVER WORKPLACE, by family name.',
      dataClass: 'PERSONAL',
      args: pageArgs(t.arg),
      isPartition: true,
      reads: ['employees', 'people'],
      resolve: positionHolders,
    }),
    version: t.exposeString('version', {
      description: "Changes whenever NAVER's representation of the position changes.",
    }),
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
      activeOnly: t.arg.boolean({ defaultValue: false, description: 'Leave out positions that are not in use.' }),
    },
    reads: ['positions'],
    resolve: positions,
  }),
}));
