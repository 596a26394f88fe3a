import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startGraph, type TestGraph } from '../helpers/graph.ts';
import {
  createItem,
  freeKey,
  heldKey,
  itemId,
  itemTypes,
  mutate,
  naverMethods,
  rowOf,
  rowsOf,
} from './write-fixture.ts';

let graph: TestGraph;
beforeEach(async () => {
  graph = await startGraph({ people: 30 });
  graph.forgetRequests();
});
afterEach(() => graph.stop());

describe.each(itemTypes)('create%s', (type) => {
  const create = (input: object) => mutate(graph, createItem(type), input);

  it('writes all that was given and answers with what NAVER then has', async () => {
    const names = [
      { locale: 'ko-kr', text: ' 수석 ' },
      { locale: 'en_US', text: 'Principal' },
      { locale: 'ja-JP', text: '' },
    ];
    const result = await create({
      externalKey: 'X-1.a_B',
      name: '  Principal ',
      names,
      sortOrder: 45,
      isActive: false,
    });
    expect(result).toEqual({
      __typename: `Create${type}Success`,
      item: {
        id: itemId(type, 'X-1.a_B'),
        externalKey: 'X-1.a_B',
        name: 'Principal',
        names: [
          { locale: 'en-US', text: 'Principal' },
          { locale: 'ko-KR', text: '수석' },
        ],
        sortOrder: 45,
        isActive: false,
        version: expect.any(String),
      },
    });
    expect(rowOf(graph, type, 'X-1.a_B')).toEqual({
      externalKey: 'X-1.a_B',
      name: 'Principal',
      i18nNames: { ko_KR: '수석', en_US: 'Principal' },
      sortOrder: 45,
      itemUsed: false,
    });
    expect(naverMethods(graph)).toEqual(['GET', 'POST', 'GET']);
  });

  it('is in use unless said otherwise, and null says nothing', async () => {
    expect((await create({ externalKey: 'X2', name: 'Two', sortOrder: 0 })).item).toMatchObject({ isActive: true });
    const nothing = { names: null, isActive: null };
    expect((await create({ externalKey: 'X3', name: 'Three', sortOrder: 0, ...nothing })).item).toMatchObject({
      isActive: true,
      names: [],
    });
  });

  it.each([
    ['number', 7],
    ['string', '7'],
  ])('sends sortOrder as a %s where so configured', async (form, sent) => {
    await graph.restartGraph({ NAVER_SORT_ORDER_FORM: form });
    expect((await create({ externalKey: 'X4', name: 'Four', sortOrder: 7 })).item?.sortOrder).toBe(7);
    const post = graph.requests().NAVER.find((it) => it.method === 'POST');
    expect(JSON.parse(post?.body ?? '')).toEqual({ name: 'Four', i18nNames: {}, sortOrder: sent, itemUsed: true });
  });

  it('refuses a key that is taken, and writes nothing', async () => {
    const before = structuredClone(rowOf(graph, type, heldKey[type]));
    const result = await create({ externalKey: heldKey[type], name: 'Another', sortOrder: 1 });
    expect(result).toMatchObject({ __typename: 'AlreadyExistsError', field: 'externalKey' });
    expect(rowOf(graph, type, heldKey[type])).toEqual(before);
    expect(naverMethods(graph)).toEqual(['GET']);
  });

  it('refuses the very same object, too: it was not this call that created it', async () => {
    const input = { externalKey: 'X5', name: 'Five', sortOrder: 5 };
    await create(input);
    expect(await create(input)).toMatchObject({ __typename: 'AlreadyExistsError', field: 'externalKey' });
  });

  it('refuses a name that is taken, be it by a row without a key', async () => {
    rowsOf(graph, type).push({ externalKey: null, name: 'Keyless', i18nNames: {}, sortOrder: 1, itemUsed: true });
    const ofAnother = rowOf(graph, type, freeKey[type])?.name ?? '';
    for (const name of [ofAnother, 'Keyless']) {
      const result = await create({ externalKey: 'X6', name, sortOrder: 1 });
      expect(result).toMatchObject({ __typename: 'AlreadyExistsError', field: 'name' });
    }
    expect(rowOf(graph, type, 'X6')).toBeUndefined();
  });

  it("reports another refusal with NAVER's code", async () => {
    const refusal = { status: 400, code: -9005, errors: [], message: 'sortOrder: too big' };
    graph.sandbox.naver.inject({
      matches: ({ method }) => method === 'POST',
      reply: { status: 400, headers: { 'x-ncp-trace-id': 'trace0of0a0refusal' }, body: refusal },
    });
    const result = await create({ externalKey: 'X7', name: 'Seven', sortOrder: 1 });
    expect(result).toMatchObject({ __typename: 'UpstreamRejectedError', upstream: 'NAVER', code: '-9005' });
    expect(result.message).toContain('sortOrder: too big');
  });
});
