import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startGraph, type TestGraph } from '../helpers/graph.ts';
import { freeKey, heldKey, itemTypes, mutate, naverMethods, rowOf, rowsOf, updateItem } from './write-fixture.ts';

let graph: TestGraph;
beforeEach(async () => {
  graph = await startGraph({ people: 30 });
  graph.forgetRequests();
});
afterEach(() => graph.stop());

describe.each(itemTypes)('update%s', (type) => {
  const update = (input: object) => mutate(graph, updateItem(type), input);

  /** A row of its own, so that a test may say exactly what NAVER has. */
  const given = (changes: object = {}) => {
    const row = { externalKey: 'U1', name: 'Given', i18nNames: {}, sortOrder: 12, itemUsed: true, ...changes };
    rowsOf(graph, type).push(row);
    return row;
  };

  it('changes what is given and keeps the rest, which NAVER is sent as a whole', async () => {
    given({ i18nNames: { ko_KR: '부장', en_US: 'Given' }, itemUsed: false });
    const result = await update({ externalKey: 'U1', sortOrder: 13 });
    expect(result).toMatchObject({
      __typename: `Update${type}Success`,
      item: { externalKey: 'U1', name: 'Given', sortOrder: 13, isActive: false },
    });
    const put = graph.requests().NAVER.find((it) => it.method === 'PUT');
    expect(JSON.parse(put?.body ?? '')).toEqual({
      name: 'Given',
      i18nNames: { ko_KR: '부장', en_US: 'Given' },
      sortOrder: 13,
      itemUsed: false,
    });
    expect(naverMethods(graph)).toEqual(['GET', 'PUT', 'GET']);
  });

  it('changes every field at once', async () => {
    given({ i18nNames: { ko_KR: '부장' } });
    const names = [{ locale: 'ko-KR', text: '이사' }];
    const result = await update({ externalKey: 'U1', name: 'Changed', names, sortOrder: 0, isActive: false });
    expect(result.item).toMatchObject({ name: 'Changed', names, sortOrder: 0, isActive: false });
    expect(rowOf(graph, type, 'U1')).toEqual({
      externalKey: 'U1',
      name: 'Changed',
      i18nNames: { ko_KR: '이사' },
      sortOrder: 0,
      itemUsed: false,
    });
  });

  it('merges over what NAVER has at that moment, not over what was read before', async () => {
    const row = given();
    const read = `{ ${type === 'Grade' ? 'grade' : 'position'}(externalKey: "U1") { name } }`;
    await graph.query(read);
    row.name = 'Changed by somebody else';
    expect((await update({ externalKey: 'U1', sortOrder: 1 })).item).toMatchObject({
      name: 'Changed by somebody else',
    });
  });

  it('merges names by locale: an empty text removes one, the others stay', async () => {
    given({ i18nNames: { ko_KR: '부장', en_US: 'Given', ja_JP: '', fr: 'Donné' } });
    const names = [
      { locale: 'en-US', text: ' ' },
      { locale: 'zh-CN', text: '部长' },
    ];
    const { item } = await update({ externalKey: 'U1', names });
    expect(rowOf(graph, type, 'U1')?.i18nNames).toEqual({ ko_KR: '부장', ja_JP: '', fr: 'Donné', zh_CN: '部长' });
    expect(item?.names.map((it) => it.locale)).toEqual(['fr', 'ko-KR', 'zh-CN']);
  });

  it('understands a locale without a country where the object leaves no doubt', async () => {
    given({ i18nNames: { ko_KR: '부장', fr: 'Donné', en_US: 'Given', en_GB: 'Given' } });
    const names = [
      { locale: 'ko', text: '이사' },
      { locale: 'fr', text: 'Changé' },
    ];
    expect((await update({ externalKey: 'U1', names })).__typename).toBe(`Update${type}Success`);
    expect(rowOf(graph, type, 'U1')?.i18nNames).toEqual({
      ko_KR: '이사',
      fr: 'Changé',
      en_US: 'Given',
      en_GB: 'Given',
    });
    graph.forgetRequests();
    const doubtful = [
      { locale: 'ko-KR', text: 'one' },
      { locale: 'en', text: 'two' },
      { locale: 'de', text: 'three' },
    ];
    const result = await update({ externalKey: 'U1', names: doubtful });
    expect(result.__typename).toBe('InvalidInputError');
    expect(result.fields?.map((it) => it.path)).toEqual([
      ['names', '1', 'locale'],
      ['names', '2', 'locale'],
    ]);
    expect(naverMethods(graph)).toEqual(['GET']);
  });

  it('keeps odd keys as received, and reports the refusal if NAVER minds them', async () => {
    given({ i18nNames: { 'not a locale': 'odd', ko_KR: '부장' } });
    const result = await update({ externalKey: 'U1', names: [{ locale: 'ko-KR', text: '이사' }] });
    expect(result).toMatchObject({ __typename: 'UpstreamRejectedError', upstream: 'NAVER', code: '-9005' });
    const put = graph.requests().NAVER.find((it) => it.method === 'PUT');
    expect(JSON.parse(put?.body ?? '').i18nNames).toEqual({ 'not a locale': 'odd', ko_KR: '이사' });
  });

  it('gives a new version with every change, and the old one with the old content', async () => {
    given();
    const versions: (string | undefined)[] = [];
    for (const sortOrder of [1, 2, 1]) versions.push((await update({ externalKey: 'U1', sortOrder })).item?.version);
    expect(versions[0]).toBe(versions[2]);
    expect(versions[0]).not.toBe(versions[1]);
  });

  it('writes over the expected version only, and tells the current one', async () => {
    const row = given();
    const first = (await update({ externalKey: 'U1', sortOrder: 1 })).item?.version;
    row.name = 'Changed by somebody else';
    const result = await update({ externalKey: 'U1', sortOrder: 2, expectedVersion: first });
    expect(result).toMatchObject({ __typename: 'VersionConflictError', currentVersion: expect.any(String) });
    expect(result.currentVersion).not.toBe(first);
    expect(row.sortOrder).toBe(1);
    const again = { externalKey: 'U1', sortOrder: 2, expectedVersion: result.currentVersion };
    expect((await update(again)).item).toMatchObject({ sortOrder: 2, name: 'Changed by somebody else' });
  });

  it('knows no object by an unknown key', async () => {
    const result = await update({ externalKey: 'U9', name: 'Nobody' });
    expect(result).toMatchObject({ __typename: 'NotFoundError', message: expect.stringContaining('externalKey') });
    expect(naverMethods(graph)).toEqual(['GET']);
  });

  it('takes what vanishes between look and write for not found', async () => {
    given();
    graph.sandbox.naver.inject({
      matches: ({ method }) => {
        if (method !== 'PUT') return false;
        rowsOf(graph, type).pop();
        return false;
      },
    });
    expect((await update({ externalKey: 'U1', sortOrder: 2 })).__typename).toBe('NotFoundError');
  });

  it('refuses a name that another one has', async () => {
    const name = rowOf(graph, type, freeKey[type])?.name;
    const before = structuredClone(rowOf(graph, type, heldKey[type]));
    const result = await update({ externalKey: heldKey[type], name });
    expect(result).toMatchObject({ __typename: 'AlreadyExistsError', field: 'name' });
    expect(rowOf(graph, type, heldKey[type])).toEqual(before);
  });

  it('lets an object keep its own name', async () => {
    given();
    expect((await update({ externalKey: 'U1', name: 'Given' })).__typename).toBe(`Update${type}Success`);
  });

  it('refuses an explicit null in every member, all in one answer', async () => {
    const nulls = { name: null, names: null, sortOrder: null, isActive: null, expectedVersion: null };
    const result = await update({ externalKey: heldKey[type], ...nulls });
    expect(result.__typename).toBe('InvalidInputError');
    expect(result.fields?.map((it) => it.path.join('.')).sort()).toEqual(Object.keys(nulls).sort());
    expect(graph.requests().NAVER).toEqual([]);
  });
});
