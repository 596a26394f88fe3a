import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startGraph, type TestGraph } from '../helpers/graph.ts';
import {
  createItem,
  freeKey,
  hasMethod,
  heldKey,
  itemTypes,
  mutate,
  naverMethods,
  rowOf,
  rowsOf,
  updateItem,
} from './write-fixture.ts';

let graph: TestGraph;
beforeEach(async () => {
  graph = await startGraph({ people: 30 });
  graph.forgetRequests();
});
afterEach(() => graph.stop());

describe('several mutations in one document', () => {
  it('run in order, each on what the ones before it left', async () => {
    const { data, errors } = await graph.query(`mutation {
      create: createGrade(input: { externalKey: "B1", name: "First", sortOrder: 1 }) { __typename }
      again: createGrade(input: { externalKey: "B1", name: "Second", sortOrder: 2 }) { __typename ... on AlreadyExistsError { field } }
      bad: updateGrade(input: { externalKey: "B1", name: null }) { __typename ... on InvalidInputError { fields { path } } }
      rename: updateGrade(input: { externalKey: "B1", name: "Third" }) { __typename ... on UpdateGradeSuccess { grade { name sortOrder } } }
      guarded: updateGrade(input: { externalKey: "B1", sortOrder: 9, expectedVersion: "of another time" }) { __typename }
      nowhere: deletePosition(input: { externalKey: "nowhere" }) { __typename }
      remove: deleteGrade(input: { externalKey: "B1" }) { __typename ... on DeleteGradeSuccess { externalKey } }
      gone: updateGrade(input: { externalKey: "B1", name: "Fourth" }) { __typename }
    }`);
    expect(errors).toEqual([]);
    expect(data).toEqual({
      create: { __typename: 'CreateGradeSuccess' },
      again: { __typename: 'AlreadyExistsError', field: 'externalKey' },
      bad: { __typename: 'InvalidInputError', fields: [{ path: ['name'] }] },
      rename: { __typename: 'UpdateGradeSuccess', grade: { name: 'Third', sortOrder: 1 } },
      guarded: { __typename: 'VersionConflictError' },
      nowhere: { __typename: 'NotFoundError' },
      remove: { __typename: 'DeleteGradeSuccess', externalKey: 'B1' },
      gone: { __typename: 'NotFoundError' },
    });
  });

  it('do not stop at one that an upstream fails', async () => {
    graph.sandbox.naver.inject({ matches: hasMethod('DELETE'), times: 9, reply: { status: 502, body: '<html>' } });
    const { data, errors } = await graph.query(`mutation {
      one: updateGrade(input: { externalKey: "${heldKey.Grade}", sortOrder: 3 }) { __typename }
      two: deleteGrade(input: { externalKey: "${freeKey.Grade}" }) { __typename }
      three: updatePosition(input: { externalKey: "${heldKey.Position}", sortOrder: 4 }) { __typename }
    }`);
    expect(errors).toEqual([]);
    expect(data).toEqual({
      one: { __typename: 'UpdateGradeSuccess' },
      two: { __typename: 'UpstreamUnavailableError' },
      three: { __typename: 'UpdatePositionSuccess' },
    });
  });
});

describe.each(itemTypes)('callers who write the same %s at once', (type) => {
  it('create it once: one of them did, nine find it there', async () => {
    const create = () => mutate(graph, createItem(type), { externalKey: 'C1', name: 'Wanted by all', sortOrder: 1 });
    const results = await Promise.all(Array.from({ length: 10 }, create));
    const names = results.map((it) => it.__typename).sort();
    expect(names).toEqual([...Array(9).fill('AlreadyExistsError'), `Create${type}Success`]);
    expect(naverMethods(graph).filter((it) => it === 'POST')).toHaveLength(1);
    expect(rowsOf(graph, type).filter((it) => it.externalKey === 'C1')).toHaveLength(1);
  });

  it('lose none of their changes to it', async () => {
    graph.sandbox.naver.latencyMs = 5;
    const changes = [
      { name: 'By the first' },
      { sortOrder: 71 },
      { isActive: false },
      { names: [{ locale: 'ko-KR', text: '넷' }] },
      { names: [{ locale: 'de-DE', text: 'Fünf' }] },
    ];
    const results = await Promise.all(
      changes.map((it) => mutate(graph, updateItem(type), { externalKey: heldKey[type], ...it })),
    );
    expect(new Set(results.map((it) => it.__typename))).toEqual(new Set([`Update${type}Success`]));
    expect(rowOf(graph, type, heldKey[type])).toMatchObject({
      name: 'By the first',
      sortOrder: 71,
      itemUsed: false,
      i18nNames: expect.objectContaining({ ko_KR: '넷', de_DE: 'Fünf' }),
    });
  });

  it('overwrite nothing where they name the version that they have seen', async () => {
    const { item } = await mutate(graph, updateItem(type), { externalKey: heldKey[type], sortOrder: 1 });
    const update = (sortOrder: number) =>
      mutate(graph, updateItem(type), { externalKey: heldKey[type], sortOrder, expectedVersion: item?.version });
    const results = await Promise.all([2, 3, 4].map(update));
    expect(results.map((it) => it.__typename).sort()).toEqual([
      `Update${type}Success`,
      'VersionConflictError',
      'VersionConflictError',
    ]);
  });

  it('do not wait for writes of another one', async () => {
    graph.sandbox.naver.inject({
      matches: ({ method, target }) => method === 'POST' && target.endsWith('/W1'),
      delayMs: 1_500,
    });
    const order: string[] = [];
    const create = async (externalKey: string) => {
      await mutate(graph, createItem(type), { externalKey, name: externalKey, sortOrder: 1 });
      order.push(externalKey);
    };
    await Promise.all([create('W1'), create('W2')]);
    expect(order).toEqual(['W2', 'W1']);
  });
});
