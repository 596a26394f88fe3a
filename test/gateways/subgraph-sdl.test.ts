import { composeServices as composeWithApollo } from '@apollo/composition';
import { composeServices as composeWithTheGuild } from '@theguild/federation-composition';
import { federateSubgraphs, ROUTER_COMPATIBILITY_VERSION_ONE } from '@wundergraph/composition';
import { buildSchema, getNamedType, Kind, parse, print } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startGraph, type TestGraph } from '../helpers/graph.ts';
import { startBookings } from './bookings.ts';

let graph: TestGraph;
let bookings: string;
beforeAll(async () => {
  graph = await startGraph({ people: 20 });
  const other = await startBookings([]);
  bookings = other.sdl.federation;
  await other.stop();
});
afterAll(() => graph.stop());

const told = z.object({ _service: z.object({ sdl: z.string() }), _sdl: z.string() });

const restart = (env: Record<string, string>) =>
  graph.restartGraph({ SUBGRAPH_NODE: '', SUBGRAPH_PREFIX: '', SUBGRAPH: '', ...env });

type Sdl = { federation: string; stitching: string };
const known = new Map<string, Sdl>();

/** As a deployment with these settings tells it. */
async function sdlWith(env: Record<string, string> = {}): Promise<Sdl> {
  const settings = JSON.stringify(env);
  const earlier = known.get(settings);
  if (earlier !== undefined) return earlier;
  await restart(env);
  const { _service, _sdl } = told.parse((await graph.query('{ _service { sdl } _sdl }')).data);
  const sdl = { federation: _service.sdl, stitching: _sdl };
  known.set(settings, sdl);
  return sdl;
}

/** Definitions without fields, as `type Grade implements Node @key(fields: "id")`. */
const heads = (sdl: string) =>
  parse(sdl).definitions.flatMap((it) => {
    if (it.kind !== Kind.OBJECT_TYPE_DEFINITION) return [];
    const { description: _, ...type } = it;
    return [print({ ...type, fields: [] })];
  });

const composers: Record<string, (parts: Record<string, string>) => string> = {
  '@apollo/composition': (parts) => {
    const services = Object.entries(parts).map(([name, sdl]) => ({ name, typeDefs: parse(sdl) }));
    const { errors = [], schema } = composeWithApollo(services);
    expect(errors).toEqual([]);
    return schema === undefined ? '' : 'composed';
  },
  '@theguild/federation-composition': (parts) => {
    const services = Object.entries(parts).map(([name, sdl]) => ({
      name,
      url: `http://${name}`,
      typeDefs: parse(sdl),
    }));
    const { errors = [], supergraphSdl = '' } = composeWithTheGuild(services);
    expect(errors).toEqual([]);
    return supergraphSdl === '' ? '' : 'composed';
  },
  '@wundergraph/composition': (parts) => {
    const subgraphs = Object.entries(parts).map(([name, sdl]) => ({
      name,
      url: `http://${name}`,
      definitions: parse(sdl),
    }));
    const result = federateSubgraphs({ subgraphs, version: ROUTER_COMPATIBILITY_VERSION_ONE });
    expect('errors' in result ? result.errors : []).toEqual([]);
    return result.success ? 'composed' : '';
  },
};

describe('the federated SDL', () => {
  it('has the keys by which other graphs may name an entity', async () => {
    const { federation } = await sdlWith();
    expect(heads(federation).filter((it) => it.includes('@'))).toEqual([
      'type Employee implements Node @key(fields: "id") @key(fields: "email")',
      'type Grade implements Node @key(fields: "id") @key(fields: "externalKey")',
      'type JobQualification implements Node @key(fields: "id")',
      'type JobRole implements Node @key(fields: "id")',
      'type JobRoleAssignment implements Node @key(fields: "id")',
      'type Organisation implements Node @key(fields: "id")',
      'type PageInfo @shareable',
      'type Position implements Node @key(fields: "id") @key(fields: "externalKey")',
      'type Profession implements Node @key(fields: "id")',
    ]);
  });

  it('defines what it uses of directives, and leaves out what is for its own clients alone', async () => {
    const { federation } = await sdlWith();
    expect(federation.split('\n')).toContain('directive @oneOf on INPUT_OBJECT');
    expect(federation).toMatch(/^extend schema @link\(url: "https:\/\/specs\.apollo\.dev\/federation\/v2\.3"/);
    expect(federation).not.toMatch(/@data|DataClass|_entities|_service|_sdl|_Any|employeesById/);
  });

  it.each([
    ['inaccessible', 'node(id: ID!): Node @shareable @inaccessible'],
    ['accessible', 'node(id: ID!): Node\n'],
    ['omitted', null],
  ])('says of node that it is %s where that is set', async (SUBGRAPH_NODE, line) => {
    const { federation } = await sdlWith({ SUBGRAPH_NODE });
    if (line === null) expect(federation).not.toMatch(/^ {2}nodes?\(/m);
    else expect(federation).toContain(line);
  });

  it('composes alone where node is accessible', async () => {
    const { federation } = await sdlWith({ SUBGRAPH_NODE: 'accessible' });
    for (const compose of Object.values(composers)) expect(compose({ hr: federation })).toBe('composed');
  });

  describe.each(Object.entries(composers))('composes with %s', (_, compose) => {
    it.each([{}, { SUBGRAPH_NODE: 'omitted' }, { SUBGRAPH_PREFIX: 'Hr' }])(
      'alone and beside another Relay-style graph, by %j',
      async (env) => {
        const { federation } = await sdlWith(env);
        expect(compose({ hr: federation })).toBe('composed');
        expect(compose({ hr: federation, bookings })).toBe('composed');
      },
    );
  });

  it('leaves another graph its node where ours is omitted, and closes both where it is inaccessible', async () => {
    const queriesOf = (federation: string) => {
      const services = Object.entries({ hr: federation, bookings }).map(([name, sdl]) => ({
        name,
        typeDefs: parse(sdl),
      }));
      return composeWithApollo(services).schema?.toAPISchema().toGraphQLJSSchema().getQueryType()?.getFields() ?? {};
    };
    expect(Object.keys(queriesOf((await sdlWith({ SUBGRAPH_NODE: 'omitted' })).federation))).toContain('node');
    expect(Object.keys(queriesOf((await sdlWith()).federation))).not.toContain('node');
  });
});

describe('a prefix', () => {
  const names =
    /^(?:interface|type|union|enum|input) (?:Error|\w+Error|Upstream\w*|LocalizedText\w*|(?!Employee)\w+Status)\b/m;

  it('stands before the names that other graphs are likely to have, and before no entity', async () => {
    const { federation, stitching } = await sdlWith({ SUBGRAPH_PREFIX: 'Hr' });
    for (const sdl of [federation, stitching]) {
      expect([...sdl.matchAll(new RegExp(names, 'gm'))].map(([it]) => it).filter((it) => !/ Hr/.test(it))).toEqual([]);
      expect(sdl).toContain('interface HrError');
      expect(sdl).toContain('hrUpstreams: [HrUpstreamStatus!]!');
      expect(sdl).toMatch(/^type Employee implements Node/m);
    }
  });

  it('is what the server answers with', async () => {
    await restart({ SUBGRAPH_PREFIX: 'Hr' });
    const { data, errors } = await graph.query(
      `mutation { deleteGrade(input: { externalKey: "G77" }) { __typename ... on HrError { message }
        ... on HrNotFoundError { told: message } } }`,
    );
    expect({ data, errors }).toEqual({
      data: {
        deleteGrade: { __typename: 'HrNotFoundError', message: expect.any(String), told: expect.any(String) },
      },
      errors: [],
    });
    expect((await graph.query('{ hrUpstreams { upstream } node(id: "R3JhZGU6RzA0") { __typename } }')).data).toEqual({
      hrUpstreams: ['LUCCA', 'NAVER', 'CTRL_HUB'].map((upstream) => ({ upstream })),
      node: { __typename: 'Grade' },
    });
  });
});

describe('the SDL for stitching', () => {
  it('is a schema by itself, in which every batched field says by which field of its type it merges', async () => {
    const { stitching } = await sdlWith();
    const query = buildSchema(stitching).getQueryType();
    const merging = Object.values(query?.getFields() ?? {}).flatMap(({ name, astNode, type }) => {
      const [directive] = astNode?.directives ?? [];
      return directive === undefined ? [] : [`${name}: ${getNamedType(type)} ${print(directive)}`];
    });
    expect(merging.sort()).toEqual([
      'employeesByEmail: Employee @merge(keyField: "email")',
      'employeesById: Employee @merge(keyField: "id")',
      'gradesById: Grade @merge(keyField: "id")',
      'gradesByKey: Grade @merge(keyField: "externalKey")',
      'jobQualificationsById: JobQualification @merge(keyField: "id")',
      'jobRoleAssignmentsById: JobRoleAssignment @merge(keyField: "id")',
      'jobRolesById: JobRole @merge(keyField: "id")',
      'organisationsById: Organisation @merge(keyField: "id")',
      'positionsById: Position @merge(keyField: "id")',
      'positionsByKey: Position @merge(keyField: "externalKey")',
      'professionsById: Profession @merge(keyField: "id")',
    ]);
  });
});

describe('a deployment that is no part of a larger graph', () => {
  it.each([
    '{ _service { sdl } }',
    '{ _sdl }',
    '{ _entities(representations: []) { __typename } }',
    '{ gradesByKey(keys: []) { id } }',
  ])('knows no %s', async (document) => {
    await restart({ SUBGRAPH: 'off' });
    const { data, errors } = await graph.query(document);
    expect(data).toBeUndefined();
    expect(errors).toMatchObject([{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }]);
  });
});
