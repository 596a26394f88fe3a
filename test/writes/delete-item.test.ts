import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startGraph, type TestGraph } from '../helpers/graph.ts';
import {
  deleteItem,
  freeKey,
  heldKey,
  type ItemType,
  itemId,
  itemTypes,
  mutate,
  naverMethods,
  rowOf,
} from './write-fixture.ts';

let graph: TestGraph;
beforeEach(async () => {
  graph = await startGraph({ people: 30 });
  graph.forgetRequests();
});
afterEach(() => graph.stop());

const reference = { Grade: 'gradeExternalKey', Position: 'jobExternalKey' } as const;

describe.each(itemTypes)('delete%s', (type: ItemType) => {
  const remove = (input: object) => mutate(graph, deleteItem(type), input);
  const holders = () => graph.company.naver.employees.filter((it) => it[reference[type]] === heldKey[type]);

  it.each(['empty', 'json', '204'] as const)('deletes what nobody holds, whatever NAVER answers: %s', async (reply) => {
    graph.sandbox.naver.knobs.deleteReply = reply;
    const externalKey = freeKey[type];
    const result = await remove({ externalKey });
    expect(result).toEqual({ __typename: `Delete${type}Success`, deletedId: itemId(type, externalKey), externalKey });
    expect(rowOf(graph, type, externalKey)).toBeUndefined();
  });

  it('refuses while people hold it, and says how many', async () => {
    const [first, ...others] = holders();
    expect(first).toBeDefined();
    expect(await remove({ externalKey: heldKey[type] })).toMatchObject({
      __typename: 'InUseError',
      employeeCount: others.length + 1,
    });
    expect(rowOf(graph, type, heldKey[type])).toBeDefined();
    expect(naverMethods(graph)).not.toContain('DELETE');
  });

  it('counts the people afresh', async () => {
    await graph.query('{ grades { nodes { employees { totalCount } } } }');
    const [newcomer] = graph.company.naver.employees;
    Object.assign(newcomer ?? {}, { [reference[type]]: freeKey[type] });
    expect(await remove({ externalKey: freeKey[type] })).toMatchObject({ __typename: 'InUseError', employeeCount: 1 });
  });

  it('deletes what people hold where the caller insists, without counting them', async () => {
    expect((await remove({ externalKey: heldKey[type], evenIfInUse: true })).__typename).toBe(`Delete${type}Success`);
    expect(holders()).toEqual([]);
    expect(naverMethods(graph)).toEqual(['GET', 'DELETE']);
  });

  it("reports NAVER's own refusal to delete what is in use", async () => {
    graph.sandbox.naver.knobs.deleteInUse = 'refuse';
    const result = await remove({ externalKey: heldKey[type], evenIfInUse: true });
    expect(result).toMatchObject({ __typename: 'UpstreamRejectedError', upstream: 'NAVER', code: '-9008' });
  });

  it('deletes the expected version only', async () => {
    const result = await remove({ externalKey: freeKey[type], expectedVersion: 'an older one' });
    expect(result).toMatchObject({ __typename: 'VersionConflictError', currentVersion: expect.any(String) });
    expect(rowOf(graph, type, freeKey[type])).toBeDefined();
    const again = { externalKey: freeKey[type], expectedVersion: result.currentVersion };
    expect((await remove(again)).__typename).toBe(`Delete${type}Success`);
  });

  it('knows nothing by an unknown key', async () => {
    expect((await remove({ externalKey: 'G-nowhere' })).__typename).toBe('NotFoundError');
  });
});
