import { after, before, type Recipe } from './recipe.ts';

const domain = `
/** Lucca: a unit of the company. They make a tree. */
export type Department = { luccaId: string; name: string; parentId: string | null };
`;

const upstream = `
import { z } from 'zod';
import type { Department } from '../../domain/department.ts';
import { key, object } from '../../http/wire-values.ts';
import { resource } from './resource.ts';
import { readerOf } from './wire.ts';

const department = object({ id: key, name: z.string().trim().min(1), parent: object({ id: key }).nullish() });
const reader = readerOf('departments', department, { name: 'no name' });

const toDepartment = ({ id, name, parent }: z.infer<typeof department>): Department => ({
  luccaId: id,
  name,
  parentId: parent?.id ?? null,
});

export const departments = resource('departments', 'departments.readonly', reader, toDepartment);
`;

const resolvers = `
import { type Awaitable, whenLoaded } from '../src/domain/awaitable.ts';
import type { Connection, PageArgs } from '../src/domain/connection.ts';
import type { Department } from '../src/domain/department.ts';
import type { Context } from './context.ts';
import { type Entity, inList } from './entity.ts';
import { byText, sortedBy } from './order.ts';
import { openPage, pageOf } from './paging.ts';

export const departmentEntity: Entity<Department> = {
  plural: 'departments',
  scope: 'departments.readonly',
  dataClass: 'PUBLIC',
  population: 2_000,
  ...inList('departments'),
  otherKeys: {},
};

const byName = byText<Department>(
  ({ name }) => name,
  ({ luccaId }) => luccaId,
);

export function departments(_: unknown, args: PageArgs, context: Context): Awaitable<Connection<Department>> {
  const page = openPage(args, 'departments', context);
  return whenLoaded(context.loaders.rows('departments'), (rows) =>
    pageOf(sortedBy(rows, byName), page, byName, context),
  );
}

export const parentOf = ({ parentId }: Department, _: unknown, { loaders }: Context): Awaitable<Department | null> =>
  parentId === null ? null : loaders.row('departments', parentId);
`;

const schema = `
import { departmentEntity, departments, parentOf } from '../resolvers/department.ts';
import { toNodeId } from '../src/domain/node-id.ts';
import { builder } from './builder.ts';
import { addConnection, pageArgs } from './connection.ts';
import { declaredBy } from './node.ts';

builder.objectType('Department', {
  description: 'A unit of the company. Owned by Lucca.',
  ...declaredBy(departmentEntity),
  fields: (t) => ({
    id: t.id({ resolve: (it) => toNodeId('Department', departmentEntity.keyOf(it)) }),
    name: t.exposeString('name'),
    parent: t.field({ type: 'Department', nullable: true, reads: ['departments'], resolve: parentOf }),
  }),
});

addConnection('Department');

builder.queryField('departments', (t) =>
  t.field({
    type: 'DepartmentConnection',
    nullable: true,
    description: "Lucca's departments, by name.",
    args: pageArgs(t.arg),
    reads: ['departments'],
    resolve: departments,
  }),
);
`;

/** A new entity: Lucca's departments, with a scope of their own. */
export const entityRecipe: Recipe = {
  files: {
    'src/domain/department.ts': domain,
    'src/upstreams/lucca/departments.ts': upstream,
    'resolvers/department.ts': resolvers,
    'schema/department.ts': schema,
  },
  edits: [
    after('src/domain/node-id.ts', "  'Position',", "  'Department',"),
    after('src/domain/scopes.ts', "  'positions.readonly',", "  'departments.readonly',"),
    before(
      'src/upstreams/lucca/client.ts',
      "import { type EmployeeList, readingOfEmployees } from './employees.ts';",
      "import { departments } from './departments.ts';",
    ),
    {
      file: 'src/upstreams/lucca/client.ts',
      of: 'const shortLists = { jobQualifications, professions };',
      to: 'const shortLists = { departments, jobQualifications, professions };',
    },
    after(
      'src/loaders/list-names.ts',
      "  professions: ownedBy('LUCCA', (row) => row.luccaId),",
      "  departments: ownedBy('LUCCA', (row) => row.luccaId),",
    ),
    before(
      'resolvers/entity-types.ts',
      "import type { Entity } from './entity.ts';",
      "import { departmentEntity } from './department.ts';",
    ),
    after('resolvers/entity-types.ts', '  Position: positionEntity,', '  Department: departmentEntity,'),
    before('schema/schema.ts', "import './organisation.ts';", "import './department.ts';"),
  ],
  emulator: [
    {
      file: 'src/sandbox/lucca/lucca-emulator.ts',
      of: "'job-positions.readonly', 'job-qualifications.readonly']",
      to: "'job-positions.readonly', 'job-qualifications.readonly', 'departments.readonly']",
    },
  ],
};
