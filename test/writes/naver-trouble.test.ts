import { afterEach, beforeEach, describe, expect, it } from 'vitest';
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

const methods = ['POST', 'PUT', 'DELETE'] as const;

describe.each(itemTypes)('a write of a %s', (type) => {
  const writes = {
    POST: () => mutate(graph, createItem(type), { externalKey: 'T1', name: 'Troubled', sortOrder: 3 }),
    PUT: () => mutate(graph, updateItem(type), { externalKey: freeKey[type], sortOrder: 77 }),
    DELETE: () => mutate(graph, deleteItem(type), { externalKey: freeKey[type] }),
  };
  const successOf = { POST: `Create${type}Success`, PUT: `Update${type}Success`, DELETE: `Delete${type}Success` };

  const isDone = {
    POST: () => rowOf(graph, type, 'T1') !== undefined,
    PUT: () => rowOf(graph, type, freeKey[type])?.sortOrder === 77,
    DELETE: () => rowOf(graph, type, freeKey[type]) === undefined,
  };

  describe.each(methods)('by %s', (method) => {
    it.each(['wrapped', 'flat'] as const)('outlasts a throttling gateway (%s error)', async (gatewayErrorShape) => {
      const [status, code, message] = gatewayErrors.rateLimited;
      const reply = gatewayError(status, code, message, undefined, { gatewayErrorShape });
      graph.sandbox.naver.inject({ matches: hasMethod(method), reply });
      expect((await writes[method]()).__typename).toBe(successOf[method]);
      expect(isDone[method]()).toBe(true);
      expect(naverMethods(graph).filter((it) => it === method)).toHaveLength(2);
    });

    it('is not sent again where the gateway asks for more patience than we have', async () => {
      const { headers = {}, ...reply } = gatewayError(...gatewayErrors.throttleLimited);
      graph.sandbox.naver.inject({
        matches: hasMethod(method),
        reply: { ...reply, headers: { ...headers, 'retry-after': '120' } },
      });
      expect(await writes[method]()).toMatchObject({
        __typename: 'UpstreamUnavailableError',
        upstream: 'NAVER',
        retryAfterSeconds: 120,
      });
      expect(naverMethods(graph).filter((it) => it === method)).toHaveLength(1);
      expect(isDone[method]()).toBe(false);
    });

    it('is not sent again once the quota is used up', async () => {
      graph.sandbox.naver.inject({ matches: hasMethod(method), reply: gatewayError(...gatewayErrors.quotaExceeded) });
      expect(await writes[method]()).toMatchObject({ __typename: 'UpstreamUnavailableError', retryAfterSeconds: null });
      expect(naverMethods(graph).filter((it) => it === method)).toHaveLength(1);
    });

    it('sets its clock right when it turns out to be wrong between look and write', async () => {
      graph.sandbox.naver.inject({
        matches: (request) => {
          if (request.method === method) graph.sandbox.naver.clockSkewMs = 3_600_000;
          return false;
        },
      });
      expect((await writes[method]()).__typename).toBe(successOf[method]);
      expect(isDone[method]()).toBe(true);
    });

    it.each([
      ['permissionDenied', '210'],
      ['authenticationFailed', '200'],
      ['entityTooLarge', '430'],
    ] as const)('reports %s with the code of the gateway, and tries no more', async (name, code) => {
      const [status, , message] = gatewayErrors[name];
      graph.sandbox.naver.inject({ matches: hasMethod(method), reply: gatewayError(status, code, message) });
      expect(await writes[method]()).toMatchObject({ __typename: 'UpstreamRejectedError', upstream: 'NAVER', code });
      expect(naverMethods(graph).filter((it) => it === method)).toHaveLength(1);
      expect(isDone[method]()).toBe(false);
    });
  });

  it('waits for as long as the gateway asks, where that is not long', async () => {
    const { headers = {}, ...reply } = gatewayError(...gatewayErrors.rateLimited);
    graph.sandbox.naver.inject({
      matches: hasMethod('POST'),
      reply: { ...reply, headers: { ...headers, 'retry-after': '1' } },
    });
    expect((await writes.POST()).__typename).toBe(successOf.POST);
    expect(naverMethods(graph)).toEqual(['GET', 'POST', 'GET', 'POST', 'GET']);
  });

  it('is not sent while NAVER cannot even be looked at', async () => {
    graph.sandbox.naver.inject({ times: 99, reply: gatewayError(...gatewayErrors.endpointError) });
    for (const method of methods) {
      expect(await writes[method]()).toMatchObject({ __typename: 'UpstreamUnavailableError', upstream: 'NAVER' });
    }
    expect(new Set(naverMethods(graph))).toEqual(new Set(['GET']));
  });

  it('is not even looked at while the gateway is known to want no more', async () => {
    await graph.restartGraph({ NAVER_RATE_LIMIT: '100/60' });
    const { headers = {}, ...reply } = gatewayError(...gatewayErrors.throttleLimited);
    graph.sandbox.naver.inject({
      matches: hasMethod('POST'),
      reply: { ...reply, headers: { ...headers, 'retry-after': '120' } },
    });
    await writes.POST();
    graph.forgetRequests();
    const result = await writes.POST();
    expect(result).toMatchObject({ __typename: 'UpstreamUnavailableError', retryAfterSeconds: expect.any(Number) });
    expect(naverMethods(graph)).toEqual([]);
  });

  it('needs NAVER to be configured', async () => {
    const names = ['NAVER_BASE_URL', 'NAVER_COMPANY_ID', 'NAVER_ACCESS_KEY', 'NAVER_SECRET_KEY'];
    await graph.restartGraph(Object.fromEntries(names.map((name) => [name, undefined])));
    for (const method of methods) {
      expect(await writes[method]()).toMatchObject({ __typename: 'UpstreamUnavailableError', upstream: 'NAVER' });
    }
  });
});

describe('a write that NAVER takes too long over', () => {
  it('is looked after but not sent again, since it may still be under way', async () => {
    graph.sandbox.naver.inject({ matches: hasMethod('POST'), delayMs: 6_500 });
    const result = await mutate(graph, createItem('Grade'), { externalKey: 'T2', name: 'Slow', sortOrder: 3 });
    expect(result).toMatchObject({ __typename: 'UpstreamUnavailableError', upstream: 'NAVER' });
    expect(result.message).toContain('the write may still be running');
    expect(naverMethods(graph).filter((it) => it === 'POST')).toHaveLength(1);
    expect(rowsOf(graph, 'Grade').filter((it) => it.externalKey === 'T2').length).toBeLessThanOrEqual(1);
  });
});
