import { beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { call, companyId, grade, invented, mina, naver, startNaverForEachTest } from './naver-emulator-fixture.ts';

startNaverForEachTest();

describe('grades and jobs', () => {
  const senior = { sortOrder: '15', itemUsed: true, name: 'Senior', i18nNames: { ko_KR: '선임' } };

  it('lists them ascending by sortOrder, unused ones and ones without a key included', async () => {
    const { json } = await call('GET', '/grade');
    expect(json).toMatchObject({
      elements: [{ externalKey: 'G10' }, { externalKey: null }, { externalKey: 'G30' }],
      totalCount: 3,
    });
    expect(json).toHaveProperty('elements.0', {
      tenantId: companyId,
      companyId,
      ...grade('G10', 'Associate', 10),
    });
    expect(json).toHaveProperty('elements.2.itemUsed', false);
  });

  it.each(['grade', 'job'])('creates a %s, echoes the request only, and reads it back with a number', async (noun) => {
    expect(await call('POST', `/${noun}/N15`, { body: senior })).toMatchObject({ status: 201, json: senior });
    expect((await call('GET', `/${noun}/N15`)).json).toEqual({
      tenantId: companyId,
      companyId,
      externalKey: 'N15',
      ...senior,
      sortOrder: 15,
    });
  });

  it('replaces the whole object, so that what a PUT leaves out is gone', async () => {
    const body = { name: 'Associate', itemUsed: false, sortOrder: 11 };
    const answer = await call('PUT', '/grade/G10', { body });
    expect([answer.status, answer.json]).toEqual([200, body]);
    expect(naver.data.grades).toContainEqual({ ...body, externalKey: 'G10', i18nNames: {} });
  });

  it.each([
    ['grade', -4012],
    ['job', -4013],
  ])('answers 400 with the documented code when a %s is not found', async (noun, code) => {
    const json = { status: 400, code, errors: [], message: `${noun} not found` };
    const answers = [
      await call('GET', `/${noun}/none`),
      await call('PUT', `/${noun}/none`, { body: senior }),
      await call('DELETE', `/${noun}/none`),
    ];
    for (const answer of answers) expect([answer.status, answer.json]).toEqual([400, json]);
  });

  it.each<[string, unknown, number]>([
    ['no name', { ...senior, name: undefined }, -9005],
    ['an empty name', { ...senior, name: '' }, -9005],
    ['a name of 101 characters', { ...senior, name: 'x'.repeat(101) }, -9005],
    ['no itemUsed', { ...senior, itemUsed: undefined }, -9005],
    ['itemUsed as a string', { ...senior, itemUsed: 'true' }, -9005],
    ['no sortOrder', { ...senior, sortOrder: undefined }, -9005],
    ['a sortOrder with a fraction', { ...senior, sortOrder: 1.5 }, -9005],
    ['a sortOrder in words', { ...senior, sortOrder: 'first' }, -9005],
    ['a locale with a hyphen', { ...senior, i18nNames: { 'ko-KR': '선임' } }, -9005],
    ['a translation that is null', { ...senior, i18nNames: { ko_KR: null } }, -9005],
    ['the key of another', { ...senior, externalKey: 'N16' }, -9005],
    ['a list', [senior], -9005],
    ['no JSON', Buffer.from('{"name":'), -9004],
    ['bytes that are not UTF-8', Buffer.from([0x22, 0xff, 0x22]), -9004],
    ['the name of another grade', { ...senior, name: 'Associate' }, -9007],
  ])('answers 400 to a body with %s, and stores nothing', async (_, body, code) => {
    const answer = await call('POST', '/grade/N15', { body });
    expect(answer).toMatchObject({ status: 400, json: { status: 400, code, errors: [] } });
    expect(naver.data).toEqual(invented());
  });

  it('refuses a body that is labelled as something other than JSON', async () => {
    const headers = { 'content-type': 'text/plain' };
    expect((await call('POST', '/grade/N15', { body: senior, headers })).json).toMatchObject({ code: -9004 });
  });

  it('refuses a taken key, a key of 37 characters and a name that another item has, but not its own', async () => {
    expect((await call('POST', '/grade/G10', { body: senior })).json).toMatchObject({ code: -9006 });
    expect((await call('POST', `/grade/${'k'.repeat(37)}`, { body: senior })).json).toMatchObject({ code: -9003 });
    const associate = { ...senior, name: 'Associate' };
    expect((await call('PUT', '/grade/G30', { body: associate })).json).toMatchObject({ code: -9007 });
    expect((await call('PUT', '/grade/G10', { body: associate })).status).toBe(200);
    expect((await call('POST', `/job/${'k'.repeat(36)}`, { body: associate })).status).toBe(201);
  });

  it('drops unknown body fields, and leaves them out of the echo, where it is told to', async () => {
    naver.knobs.unknownBodyFields = 'ignore';
    const answer = await call('POST', '/grade/N15', { body: { ...senior, colour: 'red' } });
    expect([answer.status, answer.json]).toEqual([201, senior]);
  });

  it('deletes an item in use and nulls the reference, or refuses to', async () => {
    naver.knobs.deleteInUse = 'refuse';
    expect((await call('DELETE', '/grade/G10')).json).toMatchObject({ code: -9008 });
    naver.knobs.deleteInUse = 'allow-and-null';
    expect((await call('DELETE', '/grade/G10')).status).toBe(200);
    expect(naver.data.employees.map((it) => it.gradeExternalKey)).toEqual([null, null]);
    expect(naver.data.grades.map((it) => it.externalKey)).toEqual(['G30', null]);
  });

  it.each([
    ['empty', 200, ''],
    ['json', 200, '{}'],
    ['204', 204, ''],
  ] as const)('answers a DELETE in the form %s', async (deleteReply, status, text) => {
    naver.knobs.deleteReply = deleteReply;
    expect(await call('DELETE', '/job/J20')).toMatchObject({ status, text });
  });
});

describe('lists', () => {
  beforeEach(() => {
    naver.data.jobs = Array.from({ length: 130 }, (_, n) => grade(`J${n}`, `Job ${n}`, n));
  });

  it.each([
    ['', {}, 0, 130],
    ['?offset=5&limit=2', {}, 5, 2],
    ['?offset=129&limit=10', {}, 129, 1],
    ['?offset=130&limit=10', {}, null, 0],
    ['?limit=0', {}, null, 0],
    ['?limit=1000', {}, 0, 100],
    ['?limit=1000', { limitCap: null }, 0, 130],
    ['?offset=3', { defaultLimit: 10 }, 3, 10],
  ])('answers %s under %o from the right row on, with the count of all rows', async (query, knobs, first, count) => {
    Object.assign(naver.knobs, knobs);
    const { json } = await call('GET', '/job', { query });
    expect(json).toMatchObject({ totalCount: 130, elements: { length: count } });
    if (first !== null) expect(json).toHaveProperty('elements.0.externalKey', `J${first}`);
  });

  it.each(['?offset=-1', '?limit=ten', '?limit=', '?limit=1.5', '?offset', '?limit=1&limit=2', '?offset=+1'])(
    'answers 400 to %s',
    async (query) => {
      expect(await call('GET', '/job', { query })).toMatchObject({ status: 400, json: { code: -9002 } });
    },
  );

  it('refuses parameters that are not documented, on lists and on items, unless told to pass over them', async () => {
    const asks = () => [call('GET', '/job', { query: '?sort=name' }), call('GET', '/job/J1', { query: '?limit=1' })];
    for (const answer of await Promise.all(asks())) expect(answer.json).toMatchObject({ code: -9001 });
    naver.knobs.unknownQueryParameters = 'ignore';
    for (const answer of await Promise.all(asks())) expect(answer.status).toBe(200);
  });

  it('lets totalCount drift after the first page', async () => {
    naver.knobs.totalCountDrift = 2;
    expect((await call('GET', '/job', { query: '?limit=100' })).json).toMatchObject({ totalCount: 130 });
    expect((await call('GET', '/job', { query: '?offset=100&limit=100' })).json).toMatchObject({ totalCount: 132 });
  });
});

describe('employees', () => {
  it('shows what a write may send without the password fields, with the keys that WORKPLACE adds', async () => {
    const { status, json } = await call('GET', '/employee/E-mina');
    expect(status).toBe(200);
    expect(json).toMatchObject({ ...mina, tenantId: companyId, companyId, deptNo: expect.stringMatching(/^.{36}$/) });
    expect(json).not.toHaveProperty('passwordSettingType');
    expect(json).not.toHaveProperty('initializePassword');
  });

  it('lists rows without an external key too, all of one department under one deptNo', async () => {
    const { json } = await call('GET', '/employee', { query: '?offset=0&limit=10' });
    expect(json).toMatchObject({ elements: [{ externalKey: 'E-mina' }, { externalKey: null }], totalCount: 2 });
    const { elements } = z.object({ elements: z.array(z.object({ deptNo: z.string() })) }).parse(json);
    expect(new Set(elements.map((it) => it.deptNo)).size).toBe(1);
  });

  it('names the grade and the job as the other known client does, where it is told to', async () => {
    naver.knobs.employeeReferences = 'gradeCdExternalKey';
    const { json } = await call('GET', '/employee/E-mina');
    expect(json).toMatchObject({ gradeCdExternalKey: 'G10', jobCdExternalKey: 'J20' });
    expect(json).not.toHaveProperty('gradeExternalKey');
    expect(json).not.toHaveProperty('jobExternalKey');
  });

  it('leaves the employee number out where it is told to', async () => {
    naver.knobs.employeeNumbers = 'omit';
    expect((await call('GET', '/employee/E-mina')).json).not.toHaveProperty('empNo');
  });

  it('answers 400 with a message, and no code of NAVER, when nobody has the key', async () => {
    const answer = await call('GET', '/employee/null');
    expect(answer).toMatchObject({ status: 400, json: { code: -9009, message: 'employee not found' } });
  });
});

describe('oddities', () => {
  it('sends sortOrder as a string', async () => {
    naver.knobs.sortOrderAsString = true;
    expect((await call('GET', '/grade/G10')).json).toMatchObject({ sortOrder: '10' });
  });

  it('sends ko_KR twice on reads, the second time blank', async () => {
    naver.knobs.duplicateKoKr = true;
    naver.data.grades = [{ ...grade('G70', 'Chief', 70), i18nNames: { ko_KR: 'a "ko_KR":"b', en_US: 'Chief' } }];
    const { text, json } = await call('GET', '/grade');
    expect(text).toContain('"i18nNames":{"ko_KR":"a \\"ko_KR\\":\\"b","ko_KR":"","en_US":"Chief"}');
    expect(json).toMatchObject({ elements: [{ i18nNames: { ko_KR: '', en_US: 'Chief' } }] });
    const body = { name: 'Chief', i18nNames: { ko_KR: '수석' }, itemUsed: true, sortOrder: 70 };
    expect((await call('PUT', '/grade/G70', { body })).json).toEqual(body);
  });

  it('labels JSON as text', async () => {
    naver.knobs.textPlain = true;
    const { headers, json } = await call('GET', '/grade/G10');
    expect(headers['content-type']).toBe('text/plain;charset=UTF-8');
    expect(json).toMatchObject({ externalKey: 'G10' });
  });
});
