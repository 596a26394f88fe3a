import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import {
  type ConcreteRequest,
  commitMutation,
  createOperationDescriptor,
  Environment,
  type FetchFunction,
  fetchQuery,
  type GraphQLResponse,
  type MutationParameters,
  Network,
  type OperationType,
  RecordSource,
  Store,
} from 'relay-runtime';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { scalars } from '../../src/client/generated/scalars.ts';
import { startGraph, type TestGraph } from '../helpers/graph.ts';
import { cleanUp, emptyFolder } from '../process/child.ts';

const project = join(import.meta.dirname, '../..');

/** A front end of one file, as its components would write it. */
const documents = `
import { graphql } from 'relay-runtime';
graphql\`query peopleQuery { ...people_list }\`;
graphql\`
  fragment people_list on Query
  @argumentDefinitions(first: { type: "Int", defaultValue: 60 }, after: { type: "String" })
  @refetchable(queryName: "peoplePageQuery") {
    employees(first: $first, after: $after) @connection(key: "people_employees") {
      edges { node { id displayName } }
      pageInfo { hasNextPage endCursor }
    }
  }
\`;
graphql\`
  query peopleGradesQuery { grades(first: 100) { nodes { ...people_grade externalKey name } } }
\`;
graphql\`
  fragment people_grade on Grade @refetchable(queryName: "peopleGradeQuery") { id name }
\`;
graphql\`
  query peopleGradedQuery {
    employees(first: 10) { nodes { displayName grade @catch(to: RESULT) { name } } }
  }
\`;
graphql\`
  mutation peopleCreateGradeMutation($input: CreateGradeInput!) {
    createGrade(input: $input) {
      __typename
      ... on CreateGradeSuccess { grade { id name } }
      ... on AlreadyExistsError { field }
      ... on Error { message }
    }
  }
\`;
`;

let graph: TestGraph;
let artifactsFolder: string;
let environment: Environment;

beforeAll(async () => {
  graph = await startGraph();
  artifactsFolder = compile();
}, 60_000);
afterAll(async () => {
  await graph.stop();
  await cleanUp();
});
beforeEach(() => {
  environment = new Environment({ network: Network.create(send), store: new Store(new RecordSource()) });
});

function compile(): string {
  const folder = emptyFolder();
  mkdirSync(join(folder, 'src'));
  writeFileSync(join(folder, 'schema.graphql'), readFileSync(join(project, 'schema/schema.graphql')));
  writeFileSync(join(folder, 'src/people.js'), documents);
  const config = {
    src: './src',
    schema: './schema.graphql',
    language: 'javascript',
    eagerEsModules: false,
    customScalarTypes: scalars,
  };
  writeFileSync(join(folder, 'relay.config.json'), JSON.stringify(config));
  const cli = join(project, 'node_modules/relay-compiler/cli.js');
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, 'relay.config.json'], {
    cwd: folder,
    encoding: 'utf8',
  });
  expect({ status, output: status === 0 ? '' : stdout + stderr }).toEqual({ status: 0, output: '' });
  return join(folder, 'src/__generated__');
}

const isResponse = (value: unknown): value is GraphQLResponse => typeof value === 'object' && value !== null;

const send: FetchFunction = async ({ text, name }, variables) => {
  const response = await fetch(graph.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: text, operationName: name, variables }),
  });
  const answer: unknown = await response.json();
  if (!isResponse(answer)) throw new Error('The answer is no object.');
  return answer;
};

const load = createRequire(import.meta.url);
const artifact = (name: string): ConcreteRequest => load(join(artifactsFolder, `${name}.graphql.js`));

const query = (name: string, variables: OperationType['variables'] = {}) =>
  fetchQuery<OperationType>(environment, artifact(name), variables, { fetchPolicy: 'network-only' }).toPromise();

/** What a component sees of the store. */
function seen(name: string): unknown {
  const operation = createOperationDescriptor(artifact(name), {});
  return environment.lookup(operation.fragment).data;
}

const listShape = z.object({
  edges: z.array(z.object({ node: z.object({ id: z.string(), displayName: z.string() }) })),
  pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string() }),
});

/** The list as the store has it under the connection's key: all pages that were read. */
function list(): z.infer<typeof listShape> {
  const source = environment.getStore().getSource().toJSON();
  const read = (ref: unknown): unknown => {
    const record = source[z.object({ __ref: z.string() }).parse(ref).__ref] ?? {};
    return Object.fromEntries(
      Object.entries(record).map(([name, value]) => {
        const refs = z.object({ __refs: z.array(z.string()) }).safeParse(value);
        if (refs.success) return [name, refs.data.__refs.map((it) => read({ __ref: it }))];
        return [name, z.object({ __ref: z.string() }).safeParse(value).success ? read(value) : value];
      }),
    );
  };
  return listShape.parse(read(source['client:root']?.__people_employees_connection));
}

const gradesShape = z.object({
  grades: z.object({ nodes: z.array(z.object({ __id: z.string(), externalKey: z.string(), name: z.string() })) }),
});

describe('Relay', () => {
  it('joins the pages of a list', async () => {
    await query('peopleQuery');
    while (list().pageInfo.hasNextPage) await query('peoplePageQuery', { after: list().pageInfo.endCursor });
    const ids = list().edges.map(({ node }) => node.id);
    expect(ids).toHaveLength(graph.company.lucca.employees.length);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('reads one object anew by its id, for every list that shows it', async () => {
    await query('peopleGradesQuery');
    const grades = () => gradesShape.parse(seen('peopleGradesQuery')).grades.nodes;
    const [grade] = grades();
    await graph.query('mutation ($input: UpdateGradeInput!) { updateGrade(input: $input) { __typename } }', {
      input: { externalKey: grade?.externalKey, name: 'Renamed elsewhere' },
    });
    await query('peopleGradeQuery', { id: grade?.__id });
    expect(grades()[0]?.name).toBe('Renamed elsewhere');
  });

  it('hands out the named error of a mutation with its message', async () => {
    const input = { externalKey: 'RELAY', name: 'Relay', sortOrder: 1 };
    const create = () =>
      new Promise<unknown>((onCompleted, onError) => {
        const mutation = artifact('peopleCreateGradeMutation');
        commitMutation<MutationParameters>(environment, { mutation, variables: { input }, onCompleted, onError });
      });
    expect(await create()).toMatchObject({
      createGrade: { __typename: 'CreateGradeSuccess', grade: { name: 'Relay' } },
    });
    const message = expect.stringMatching(/./);
    expect(await create()).toEqual({
      createGrade: { __typename: 'AlreadyExistsError', field: 'externalKey', message },
    });
  });

  it('tells a field that failed from one that is empty, and keeps the rest', async () => {
    await graph.restartGraph(() => {
      graph.sandbox.naver.inject({ times: 999, reply: { status: 503 } });
      return {};
    });
    await query('peopleGradedQuery');
    const person = z.object({
      displayName: z.string(),
      grade: z.object({ ok: z.boolean(), errors: z.array(z.unknown()) }),
    });
    const { employees } = z
      .object({ employees: z.object({ nodes: z.array(person) }) })
      .parse(seen('peopleGradedQuery'));
    expect(employees.nodes).toHaveLength(10);
    expect(employees.nodes.map(({ grade }) => grade.ok)).toEqual(Array(10).fill(false));
    graph.sandbox.naver.recover();
  });
});
