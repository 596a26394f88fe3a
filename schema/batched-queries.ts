import type { ObjectRef, SchemaTypes } from '@pothos/core';
import { entitiesBy } from '../resolvers/entities.ts';
import { readsOfKeys } from '../resolvers/reads.ts';
import type { NodeType } from '../src/domain/node-id.ts';
import { builder } from './builder.ts';
import { type DataDirectives, isPersonal, isPublic } from './data-class.ts';
import { readingBy } from './reading.ts';
import * as refs from './refs.ts';

type BuilderTypes = typeof builder extends PothosSchemaTypes.SchemaBuilder<infer T> ? T : SchemaTypes;

/** Of each: which entities, by which of their keys. */
export const batchedQueries: Record<string, { type: NodeType; key: string; argument: 'ids' | 'emails' | 'keys' }> = {
  employeesById: { type: 'Employee', key: 'id', argument: 'ids' },
  employeesByEmail: { type: 'Employee', key: 'email', argument: 'emails' },
  jobQualificationsById: { type: 'JobQualification', key: 'id', argument: 'ids' },
  professionsById: { type: 'Profession', key: 'id', argument: 'ids' },
  jobRolesById: { type: 'JobRole', key: 'id', argument: 'ids' },
  jobRoleAssignmentsById: { type: 'JobRoleAssignment', key: 'id', argument: 'ids' },
  organisationsById: { type: 'Organisation', key: 'id', argument: 'ids' },
  gradesById: { type: 'Grade', key: 'id', argument: 'ids' },
  gradesByKey: { type: 'Grade', key: 'externalKey', argument: 'keys' },
  positionsById: { type: 'Position', key: 'id', argument: 'ids' },
  positionsByKey: { type: 'Position', key: 'externalKey', argument: 'keys' },
};

const refOf: Record<NodeType, ObjectRef<BuilderTypes, object>> = {
  Employee: refs.EmployeeRef,
  JobQualification: refs.JobQualificationRef,
  Profession: refs.ProfessionRef,
  JobRole: refs.JobRoleRef,
  JobRoleAssignment: refs.JobRoleAssignmentRef,
  Organisation: refs.OrganisationRef,
  Grade: refs.GradeRef,
  Position: refs.PositionRef,
};

const ofPeople: readonly NodeType[] = ['Employee', 'JobRoleAssignment'];
const classOf = (type: NodeType): DataDirectives => (ofPeople.includes(type) ? isPersonal : isPublic);

const argumentDescriptions = {
  ids: 'At most 1,000.',
  emails: 'At most 1,000, in any case.',
  keys: 'At most 1,000 external keys.',
};

for (const [name, { type, key, argument }] of Object.entries(batchedQueries)) {
  const find = entitiesBy(type, key);
  builder.queryField(name, (t) =>
    t.field({
      type: [refOf[type]],
      // What others know is kept where a caller may not see these: gateways send several such fields at once.
      nullable: { list: true, items: true },
      description: 'Schema stitching: in the order asked, read in one batch; null for what is not there, and for null.',
      directives: classOf(type),
      args: {
        [argument]: t.arg({
          type: [argument === 'ids' ? 'ID' : 'String'],
          required: { list: true, items: false },
          description: argumentDescriptions[argument],
        }),
      },
      extensions: readingBy(({ args }) => {
        const values = args[argument];
        return Array.isArray(values) ? readsOfKeys(type, key, values) : [];
      }),
      resolve: (_, args, context) => find(args[argument] ?? [], context),
    }),
  );
}
