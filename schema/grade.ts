import { grade, gradeEntity, gradeHolders, grades, name } from '../resolvers/naver-item.ts';
import { toNodeId } from '../src/domain/node-id.ts';
import { builder } from './builder.ts';
import { addConnection, pageArgs } from './connection.ts';
import { LocalizedTextRef, localeFallback } from './localized-text.ts';
import { declaredBy } from './node.ts';

builder.objectType('Grade', {
  description: 'A grade, 직급: the rank of a person, such as manager. Owned by NAVER WORKPLACE.',
  ...declaredBy(gradeEntity),
  fields: (t) => ({
    id: t.id({ resolve: (row) => toNodeId('Grade', gradeEntity.keyOf(row)) }),
    externalKey: t.exposeString('externalKey', {
      description: "The company's own key of the grade in NAVER WORKPLACE.",
    }),
    name: t.string({ description: localeFallback, args: { locale: t.arg({ type: 'Locale' }) }, resolve: name }),
    names: t.expose('names', { type: [LocalizedTextRef], description: "NAVER's i18n names, without blank ones." }),
    sortOrder: t.exposeInt('sortOrder', {
      nullable: true,
      description: 'The position in the display order of NAVER WORKPLACE; several grades may share one.',
    }),
    isActive: t.exposeBoolean('isActive', { description: "NAVER's itemUsed: whether the grade is in use." }),
    employees: t.field({
      type: 'EmployeeConnection',
      nullable: true,
      description: 'The people with this grade in NAVER WORKPLACE, by family name.',
      dataClass: 'PERSONAL',
      args: pageArgs(t.arg),
      isPartition: true,
      reads: ['employees', 'people'],
      resolve: gradeHolders,
    }),
    version: t.exposeString('version', {
      description: "Changes whenever NAVER's representation of the grade changes.",
    }),
  }),
});

addConnection('Grade');

builder.queryFields((t) => ({
  grade: t.field({
    type: 'Grade',
    nullable: true,
    description: 'A grade by its key in NAVER WORKPLACE.',
    args: { externalKey: t.arg.string({ required: true }) },
    reads: ['grades'],
    resolve: grade,
  }),
  grades: t.field({
    type: 'GradeConnection',
    nullable: true,
    description: 'The grades of NAVER WORKPLACE in display order.',
    args: {
      ...pageArgs(t.arg),
      activeOnly: t.arg.boolean({ defaultValue: false, description: 'Leave out grades that are not in use.' }),
    },
    reads: ['grades'],
    resolve: grades,
  }),
}));
