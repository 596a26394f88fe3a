import { getNamedType, isCompositeType, isObjectType } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { schema } from '../../schema/schema.ts';
import { type GuardedGraph, refusalsOf, startGuardedGraph, takes } from './rights-callers.ts';
import { argumentsOf, callers, types, typesOfMutations } from './rights-table.ts';

// Nothing is remembered: what an operation asks of the upstreams is all its own.
let guarded: GuardedGraph<string>;
let values: Record<string, string | undefined>;
beforeAll(async () => {
  const grants = Object.fromEntries(Object.entries(callers).map(([name, { granted }]) => [name, granted]));
  guarded = await startGuardedGraph(grants, { people: 40, env: { SUBGRAPH: 'on', CACHE_FRESH_SECONDS: '0' } });
  // Rows that cannot be used are told of as well.
  guarded.graph.sandbox.ctrlHub.knobs.variation = 'no relationships';
  values = await somethingOfEachType();
});
afterAll(() => guarded.stop());

async function somethingOfEachType() {
  const list = z
    .object({ nodes: z.tuple([z.object({ id: z.string(), externalKey: z.string().optional() })], z.unknown()) })
    .transform(({ nodes: [first] }) => first);
  const roles = z.object({
    nodes: z.array(z.object({ id: z.string(), organisation: z.object({ id: z.string() }).nullable() })),
  });
  const lists = {
    employees: list,
    jobQualifications: list,
    professions: list,
    jobRoles: roles,
    jobRoleAssignments: list,
    grades: list,
    positions: list,
  };
  // The directory is read as well, so that its progress can be told from then on.
  const { data } = await guarded.as(
    'all',
    `{ employees { nodes { id } } jobQualifications { nodes { id } } professions { nodes { id } }
      jobRoles(first: 100) { nodes { id organisation { id } } } jobRoleAssignments { nodes { id } }
      grades { nodes { id externalKey } } positions { nodes { id externalKey } } unlinkedPeople { totalCount } }`,
  );
  const { employees, jobQualifications, professions, jobRoleAssignments, grades, positions, ...found } = z
    .object(lists)
    .parse(data);
  const [role] = found.jobRoles.nodes.filter((it) => it.organisation !== null);
  return {
    email: guarded.graph.sandbox.showcaseEmail,
    jobQualification: jobQualifications.id,
    profession: professions.id,
    jobRole: role?.id,
    organisation: role?.organisation?.id,
    employee: employees.id,
    assignment: jobRoleAssignments.id,
    grade: grades.externalKey,
    gradeId: grades.id,
    position: positions.externalKey,
    positionId: positions.id,
  };
}

/** The operation that asks for one field, under the name `probe`, of objects that lie this way. */
function probeOf(way: string, selection: string): string {
  const document = `{ ${way.replace('FIELD', `probe: ${selection}`)} }`;
  return document.replaceAll(/\$(\w+)/g, (_, name: string) => JSON.stringify(values[name]));
}

function selectionOf(typeName: string, fieldName: string): string {
  const type = schema.getType(typeName);
  const field = isObjectType(type) ? type.getFields()[fieldName] : undefined;
  const isComposite = field !== undefined && isCompositeType(getNamedType(field.type));
  return `${fieldName}${argumentsOf[`${typeName}.${fieldName}`] ?? ''}${isComposite ? ' { __typename }' : ''}`;
}

/** What stands under the name `probe`, wherever it is. */
function probesIn(data: unknown): unknown[] {
  if (typeof data !== 'object' || data === null) return [];
  return Object.entries(data).flatMap(([key, value]) => (key === 'probe' ? [value] : probesIn(value)));
}

describe('the table of rights', () => {
  it('has every field of the schema', () => {
    const objects = Object.values(schema.getTypeMap()).filter((it) => isObjectType(it) && !it.name.startsWith('__'));
    const names = (typeName: string) => {
      const type = schema.getType(typeName);
      return isObjectType(type) ? Object.keys(type.getFields()).sort() : [];
    };
    expect([...Object.keys(types), ...typesOfMutations].sort()).toEqual(objects.map((it) => it.name).sort());
    for (const [typeName, { fields }] of Object.entries(types)) {
      expect({ [typeName]: Object.keys(fields).sort() }).toEqual({ [typeName]: names(typeName) });
    }
  });
});

/** No upstream has failed, no list is being read, and no role is deleted. */
const nothingThere = [
  'UpstreamStatus.lastError',
  'UpstreamCircuit.probeAt',
  'DirectoryStatus.secondsToGo',
  'JobRole.deletedAt',
];

describe.each(Object.entries(types))('%s', (typeName, type) => {
  it.each(Object.entries(callers))(
    'shows %s what its scopes cover, and asks nothing for the rest',
    async (caller, { reads }) => {
      const parentAlone = await guarded.askedAs(caller, probeOf(type.way, '__typename'));
      for (const [fieldName, besides] of Object.entries(type.fields)) {
        const coordinate = `${typeName}.${fieldName}`;
        const missing = [...type.takes, ...besides].find((it) => !reads.includes(it));
        const { answer, asked } = await guarded.askedAs(caller, probeOf(type.way, selectionOf(typeName, fieldName)));
        const probes = probesIn(answer.data);
        const refusals = new Set(refusalsOf(answer));
        if (missing === undefined) {
          const isShown = nothingThere.includes(coordinate) || probes.some((it) => it !== null);
          expect({ coordinate, refusals, isShown }).toEqual({ coordinate, refusals: new Set(), isShown: true });
        } else {
          const isShown = probes.flat().some((it) => it !== null);
          const wanted = type.takes.includes(missing) ? [] : parentAlone.asked;
          expect({ coordinate, refusals, isShown, asked }).toEqual({
            coordinate,
            refusals: new Set([takes(missing)]),
            isShown: false,
            asked: wanted,
          });
        }
      }
    },
  );
});
