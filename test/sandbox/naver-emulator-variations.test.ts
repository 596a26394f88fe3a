import { describe, expect, it } from 'vitest';
import { call, companyId, naver, startNaverForEachTest } from './naver-emulator-fixture.ts';

startNaverForEachTest();

describe('knobs', () => {
  it('touch one row of a list, and an item', async () => {
    naver.knobs.variation = 'name null';
    const { json } = await call('GET', '/grade');
    expect(json).toMatchObject({ elements: [{ name: 'Associate' }, { name: null }, { name: 'Director' }] });
    expect((await call('GET', '/grade/G10')).json).toMatchObject({ externalKey: 'G10', name: null });
  });

  it('wrap lists and items', async () => {
    naver.knobs.variation = 'an envelope';
    expect((await call('GET', '/grade')).json).toMatchObject({ path: '/company', body: { totalCount: 3 } });
    expect((await call('GET', '/grade/G10')).json).toMatchObject({ body: { externalKey: 'G10' } });
  });

  it('take the offset for a page number', async () => {
    naver.knobs.variation = 'the offset as a page number';
    const namesAt = async (offset: number) =>
      (await call('GET', '/grade', { query: `?offset=${offset}&limit=1` })).json;
    expect(await namesAt(2)).toMatchObject({ elements: [{ name: 'Director' }] });
    expect(await namesAt(3)).toMatchObject({ elements: [], totalCount: 3 });
  });

  it('say otherwise that something does not exist', async () => {
    Object.assign(naver.knobs, { notFoundStatus: 404, serviceCode: 'string', messages: 'korean' });
    expect(await call('GET', '/grade/G99')).toMatchObject({
      status: 404,
      json: { status: 404, code: '-4012', message: '요청을 처리할 수 없습니다' },
    });
    expect((await call('GET', '/grade', { query: '?offset=x' })).status).toBe(400);
  });
});

describe('a write', () => {
  const read = { tenantId: companyId, companyId, externalKey: 'G10', name: 'Associate', itemUsed: true };

  it('takes what a read has shown', async () => {
    const body = { ...read, i18nNames: null, sortOrder: '11.0' };
    expect((await call('PUT', '/grade/G10', { body })).status).toBe(200);
    expect(naver.data.grades).toContainEqual(
      expect.objectContaining({ externalKey: 'G10', sortOrder: 11, i18nNames: {} }),
    );
  });

  it.each([{ externalKey: 'G30' }, { companyId: 'another' }, { tenantId: 'another' }])(
    'is refused where it names another: %j',
    async (other) => {
      const body = { ...read, sortOrder: 11, ...other };
      expect((await call('PUT', '/grade/G10', { body })).json).toMatchObject({ code: -9005 });
    },
  );
});
