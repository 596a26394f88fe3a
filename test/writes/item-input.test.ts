import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startGraph, type TestGraph } from '../helpers/graph.ts';
import { createItem, deleteItem, itemTypes, mutate, updateItem } from './write-fixture.ts';

let graph: TestGraph;
beforeAll(async () => {
  graph = await startGraph({ people: 30 });
});
beforeEach(() => graph.forgetRequests());
afterAll(() => graph.stop());

const long = (length: number) => 'x'.repeat(length);
const sound = { externalKey: 'K1', name: 'Sound', sortOrder: 1 };

describe.each(itemTypes)('the input of a %s', (type) => {
  const faultsOf = async (document: string, input: object): Promise<string[] | undefined> => {
    const { __typename, fields, message } = await mutate(graph, document, input);
    if (__typename !== 'InvalidInputError') return undefined;
    expect(graph.requests().NAVER).toEqual([]);
    for (const it of fields ?? []) expect(message).toContain(it.message);
    return fields?.map(({ path }) => path.join('.'));
  };

  it.each(['', ' ', '.', '..', long(37), 'a b', 'a/b', 'a%2Fb', '#', 'a?b', '직급', 'a\nb', 'a\n', '\u0000'])(
    'has no externalKey %j, in no mutation',
    async (externalKey) => {
      expect(await faultsOf(createItem(type), { ...sound, externalKey })).toEqual(['externalKey']);
      expect(await faultsOf(updateItem(type), { externalKey, sortOrder: 2 })).toEqual(['externalKey']);
      expect(await faultsOf(deleteItem(type), { externalKey })).toEqual(['externalKey']);
    },
  );

  it.each([long(36), '...', '.a', '-', '_', '0', 'A.b-C_9'])('may have the externalKey %j', async (externalKey) => {
    expect((await mutate(graph, updateItem(type), { externalKey, sortOrder: 2 })).__typename).toBe('NotFoundError');
  });

  it.each(['', '   ', long(101), 'two\nlines', '\ud800'])('has no name %j', async (name) => {
    expect(await faultsOf(createItem(type), { ...sound, name })).toEqual(['name']);
    expect(await faultsOf(updateItem(type), { externalKey: 'K1', name })).toEqual(['name']);
  });

  it('counts the characters of a name after trimming it', async () => {
    const result = await mutate(graph, createItem(type), { ...sound, name: `  ${long(100)}  ` });
    expect(result.item?.name).toBe(long(100));
  });

  it('has sort orders from 0 to the largest Int', async () => {
    expect(await faultsOf(createItem(type), { ...sound, sortOrder: -1 })).toEqual(['sortOrder']);
    expect(await faultsOf(updateItem(type), { externalKey: 'K1', sortOrder: -1 })).toEqual(['sortOrder']);
    const largest = { externalKey: 'K2', name: 'Last', sortOrder: 2_147_483_647 };
    expect((await mutate(graph, createItem(type), largest)).item?.sortOrder).toBe(2_147_483_647);
  });

  it.each(['ko', 'fr', 'zh-Hant', 'zh-Hant-TW', 'es-419', 'de-DE-1996', 'en-US-u-ca-buddhist'])(
    'has no name in the locale %s, which has no form at NAVER',
    async (locale) => {
      const names = [
        { locale: 'ko-KR', text: '하나' },
        { locale, text: 'one' },
      ];
      expect(await faultsOf(createItem(type), { ...sound, names })).toEqual(['names.1.locale']);
    },
  );

  it('has each locale once, however it is spelled', async () => {
    const names = ['ko-KR', 'en-US', 'ko_kr'].map((locale) => ({ locale, text: 'one' }));
    expect(await faultsOf(createItem(type), { ...sound, names })).toEqual(['names.2.locale']);
    expect(await faultsOf(updateItem(type), { externalKey: 'K1', names })).toEqual(['names.2.locale']);
  });

  it('is told all its faults in one answer', async () => {
    const names = [
      { locale: 'fr', text: 'un' },
      { locale: 'ko-KR', text: long(101) },
      { locale: 'ko-KR', text: 'a\tb' },
    ];
    const everything = { externalKey: 'a b', name: ' ', names, sortOrder: -5 };
    const faults = [
      'externalKey',
      'name',
      'names.0.locale',
      'names.1.text',
      'names.2.locale',
      'names.2.text',
      'sortOrder',
    ];
    expect((await faultsOf(createItem(type), everything))?.sort()).toEqual(faults);
    expect((await faultsOf(updateItem(type), everything))?.sort()).toEqual(faults);
  });

  it('has no null where it would mean no guard', async () => {
    expect(await faultsOf(deleteItem(type), { externalKey: 'K1', expectedVersion: null })).toEqual(['expectedVersion']);
  });
});
