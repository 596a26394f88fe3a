import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Fault } from '../../src/sandbox/emulator.ts';
import { gatewayError, gatewayErrors } from '../../src/sandbox/naver/gateway-error.ts';
import { startGraph, type TestGraph } from '../helpers/graph.ts';
import {
  createItem,
  deleteItem,
  freeKey,
  hasMethod,
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

const lose = (method: string, fault: Fault) => graph.sandbox.naver.inject({ ...fault, matches: hasMethod(method) });

/** No write follows another one without a look between them. */
function expectLooksBetweenWrites(): void {
  expect(naverMethods(graph).join(' ')).not.toMatch(/(POST|PUT|DELETE) (POST|PUT|DELETE)/);
}

describe.each(itemTypes)('a lost reply about a %s', (type) => {
  const created = { externalKey: 'L1', name: 'Lost and found', sortOrder: 3 };
  const create = () => mutate(graph, createItem(type), created);
  const update = (input: object = {}) =>
    mutate(graph, updateItem(type), { externalKey: freeKey[type], sortOrder: 77, ...input });
  const remove = () => mutate(graph, deleteItem(type), { externalKey: freeKey[type] });

  describe('after NAVER did the work', () => {
    it('is a success of the creation, which is not sent again', async () => {
      lose('POST', { cut: 'after' });
      const result = await create();
      expect(result).toMatchObject({ __typename: `Create${type}Success`, item: created });
      expect(naverMethods(graph).filter((it) => it === 'POST')).toHaveLength(1);
      expect(rowsOf(graph, type).filter((it) => it.externalKey === 'L1')).toHaveLength(1);
    });

    it('is a success of the change, which is not sent again', async () => {
      lose('PUT', { cut: 'after' });
      expect(await update()).toMatchObject({ __typename: `Update${type}Success`, item: { sortOrder: 77 } });
      expect(naverMethods(graph).filter((it) => it === 'PUT')).toHaveLength(1);
    });

    it('is a success of the deletion, which is not sent again', async () => {
      lose('DELETE', { cut: 'after' });
      expect((await remove()).__typename).toBe(`Delete${type}Success`);
      expect(naverMethods(graph).filter((it) => it === 'DELETE')).toHaveLength(1);
    });

    it('is a success also where NAVER adds blank translations', async () => {
      lose('POST', { cut: 'after' });
      graph.sandbox.naver.inject({
        matches: ({ method }) => {
          const row = rowOf(graph, type, 'L1');
          if (method === 'GET' && row !== undefined) row.i18nNames = { ko_KR: '', en_US: '' };
          return false;
        },
      });
      expect((await create()).__typename).toBe(`Create${type}Success`);
    });

    it('is a success of a guarded change, too', async () => {
      const version = (await update({ sortOrder: 76 })).item?.version;
      lose('PUT', { cut: 'after' });
      expect(await update({ expectedVersion: version })).toMatchObject({ item: { sortOrder: 77 } });
    });
  });

  describe('before NAVER did the work', () => {
    it('is seen, and the write sent once more', async () => {
      for (const method of ['POST', 'PUT', 'DELETE']) lose(method, { cut: 'before' });
      expect((await create()).__typename).toBe(`Create${type}Success`);
      expect((await update()).item).toMatchObject({ sortOrder: 77 });
      expect((await remove()).__typename).toBe(`Delete${type}Success`);
      expectLooksBetweenWrites();
    });

    it('is reported where it happens again, with nothing written', async () => {
      for (const method of ['POST', 'PUT', 'DELETE']) lose(method, { cut: 'before', times: 2 });
      const before = structuredClone(rowsOf(graph, type));
      for (const write of [create, update, remove]) {
        const result = await write();
        expect(result).toMatchObject({ __typename: 'UpstreamUnavailableError', upstream: 'NAVER' });
        expect(result.message).toContain('nothing was done');
      }
      expect(rowsOf(graph, type)).toEqual(before);
      expectLooksBetweenWrites();
    });
  });

  it.each(['unexpectedError', 'endpointError', 'endpointTimeout'] as const)(
    'of the gateway (%s) is settled in the same way',
    async (name) => {
      const [status, code, message] = gatewayErrors[name];
      lose('POST', { reply: gatewayError(status, code, message) });
      const result = await create();
      const isThere = rowOf(graph, type, 'L1') !== undefined;
      expect(result.__typename).toBe(isThere ? `Create${type}Success` : 'UpstreamUnavailableError');
      // A timeout may still be under way behind the gateway, so it is not repeated.
      expect(isThere).toBe(name !== 'endpointTimeout');
      expectLooksBetweenWrites();
    },
  );

  it('is told to be unknown where looking fails as well', async () => {
    let isLost = false;
    graph.sandbox.naver.inject({
      cut: 'after',
      times: 9,
      matches: ({ method }) => {
        isLost ||= method === 'POST';
        return isLost;
      },
    });
    const result = await create();
    expect(result).toMatchObject({ __typename: 'UpstreamUnavailableError', upstream: 'NAVER' });
    expect(result.message).toContain('unknown');
    expect(naverMethods(graph).filter((it) => it === 'POST')).toHaveLength(1);
  });

  it('does not take a different object of the same key for ours', async () => {
    graph.sandbox.naver.inject({
      cut: 'before',
      matches: ({ method }) => {
        if (method !== 'POST') return false;
        rowsOf(graph, type).push({
          externalKey: 'L1',
          name: 'Of another',
          i18nNames: {},
          sortOrder: 1,
          itemUsed: true,
        });
        return true;
      },
    });
    expect(await create()).toMatchObject({ __typename: 'AlreadyExistsError', field: 'externalKey' });
  });

  it('does not write over what somebody else has written meanwhile', async () => {
    graph.sandbox.naver.inject({
      cut: 'before',
      matches: ({ method }) => {
        const row = rowOf(graph, type, freeKey[type]);
        if (method !== 'PUT' || row === undefined) return false;
        row.name = 'Of another';
        return true;
      },
    });
    expect((await update()).__typename).toBe('VersionConflictError');
    expect(rowOf(graph, type, freeKey[type])?.name).toBe('Of another');
  });

  it('does not matter when it is the reply to reading back: what was sent is told', async () => {
    graph.sandbox.naver.inject({
      cut: 'before',
      times: 9,
      matches: ({ method }) => method === 'GET' && naverMethods(graph).includes('POST'),
    });
    expect(await create()).toMatchObject({ __typename: `Create${type}Success`, item: created });
  });
});
