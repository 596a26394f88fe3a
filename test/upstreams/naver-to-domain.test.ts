import { describe, expect, it } from 'vitest';
import { type RowReader, readRows } from '../../src/http/rows.ts';
import { toNaverItem, toNaverPerson, toSortOrder } from '../../src/upstreams/naver/to-domain.ts';
import { employeeReader, itemReaderOf } from '../../src/upstreams/naver/wire.ts';

const itemFrom = (json: string) => toNaverItem('G-1', oneRow(JSON.parse(json), itemReaderOf('grade')));
const personFrom = (row: Record<string, unknown>) =>
  toNaverPerson(oneRow(row, { ...employeeReader, uselessFor: () => null }));

function oneRow<Row>(value: unknown, reader: RowReader<Row>): Row {
  const [row] = readRows([value], reader).rows;
  if (row === undefined) throw new Error('The row was skipped.');
  return row;
}

describe('an item', () => {
  it('keeps the translations that say something, by language tag', () => {
    const grade = itemFrom('{"name":"Manager","i18nNames":{"ko_KR":"과장","en_US":"","zh_TW":"經理","ja_JP":null}}');
    expect(grade.names).toEqual([
      { locale: 'ko-KR', text: '과장' },
      { locale: 'zh-TW', text: '經理' },
    ]);
  });

  it.each(['{"name":"Lead"}', '{"name":"Lead","i18nNames":null}', '{"name":"Lead","i18nNames":{}}'])(
    'has no translations in %s, and the same version as the others',
    (json) => {
      expect(itemFrom(json)).toMatchObject({ name: 'Lead', names: [], version: itemFrom('{"name":"Lead"}').version });
    },
  );

  it('takes the last of two values of one key, as JSON does', () => {
    const json = '{"name":"Team member","i18nNames":{"ko_KR":"팀원","ko_KR":"","en_US":"Team member"}}';
    expect(itemFrom(json).names).toEqual([{ locale: 'en-US', text: 'Team member' }]);
  });

  it.each(['{}', '{"name":null}', '{"name":"  "}'])('is named by its key in %s', (json) => {
    expect(itemFrom(json).name).toBe('G-1');
  });

  it.each([
    ['{}', true],
    ['{"itemUsed":null}', true],
    ['{"itemUsed":true}', true],
    ['{"itemUsed":false}', false],
    ['{"itemUsed":"true"}', true],
    ['{"itemUsed":"Y"}', true],
    ['{"itemUsed":1}', true],
    ['{"itemUsed":"False"}', false],
    ['{"itemUsed":"n"}', false],
    ['{"itemUsed":0}', false],
    ['{"itemUsed":"perhaps"}', true],
    ['{"itemUsed":2}', true],
  ])('of %s has isActive %s', (json, isActive) => {
    expect(itemFrom(json).isActive).toBe(isActive);
  });

  it.each([
    [7, 7],
    [0, 0],
    [-3, -3],
    ['91', 91],
    ['1.0', 1],
    [' 20 ', 20],
    ['-0', 0],
    ['', null],
    ['  ', null],
    [null, null],
    [undefined, null],
    ['first', null],
    ['0x10', null],
    ['1e3', null],
    [1.5, null],
    ['1.5', null],
    [2 ** 31, null],
  ])('reads the sort order %j as %j', (sent, expected) => {
    expect(toSortOrder(sent)).toBe(expected);
  });

  it('keeps its version however the sort order and the members are written', () => {
    const one = itemFrom('{"name":"Lead","i18nNames":{"ko_KR":"팀장","en_US":"Lead"},"sortOrder":3,"itemUsed":true}');
    const other = itemFrom(
      '{"itemUsed":true,"sortOrder":"3.0","i18nNames":{"en_US":"Lead","ko_KR":"팀장"},"name":"Lead"}',
    );
    expect(other).toEqual(one);
  });

  it.each([
    '{"name":"lead","i18nNames":{"en_US":""},"sortOrder":3,"itemUsed":true}',
    '{"name":"Lead","i18nNames":{"en_US":" "},"sortOrder":3,"itemUsed":true}',
    '{"name":"Lead","i18nNames":{},"sortOrder":3,"itemUsed":true}',
    '{"name":"Lead","i18nNames":{"en_US":""},"sortOrder":4,"itemUsed":true}',
    '{"name":"Lead","i18nNames":{"en_US":""},"sortOrder":3,"itemUsed":false}',
  ])('has another version as %s', (json) => {
    const lead = itemFrom('{"name":"Lead","i18nNames":{"en_US":""},"sortOrder":3,"itemUsed":true}');
    expect(itemFrom(json).version).not.toBe(lead.version);
  });
});

describe('a person', () => {
  it('is read field by field, without the fields of passwords', () => {
    const person = personFrom({
      tenantId: 'T-1',
      externalKey: 'E-501',
      empId: 'W-901',
      loginId: 'noor@ondo.by-works.com',
      emailAddress: ' Noor.Aziz@ondo.example ',
      name: 'Noor Aziz',
      i18nNames: { en_US: 'Noor Aziz', ko_KR: '누르 아지즈' },
      employYmd: '2019-11-04',
      empNo: '00217',
      birthYmd: '1988-02-29',
      gradeExternalKey: 'G-1',
      jobExternalKey: 'J-1',
      passwordSettingType: 'ADMIN',
      initializePassword: 'let-me-in',
    });
    expect(person).toEqual({
      externalKey: 'E-501',
      empId: 'W-901',
      loginId: 'noor@ondo.by-works.com',
      email: 'Noor.Aziz@ondo.example',
      name: 'Noor Aziz',
      names: [
        { locale: 'en-US', text: 'Noor Aziz' },
        { locale: 'ko-KR', text: '누르 아지즈' },
      ],
      hiredOn: '2019-11-04',
      employeeNumber: '00217',
      birthday: '--02-29',
      gradeKey: 'G-1',
      positionKey: 'J-1',
    });
  });

  it('is all nulls from an empty row', () => {
    const { names, ...rest } = personFrom({});
    expect(names).toEqual([]);
    expect(Object.values(rest)).toEqual(Object.keys(rest).map(() => null));
  });

  it.each([
    [{ gradeExternalKey: 'G-1', gradeCdExternalKey: 'G-2' }, 'G-1'],
    [{ gradeExternalKey: '', gradeCdExternalKey: 'G-2' }, 'G-2'],
    [{ gradeExternalKey: null, gradeCdExternalKey: 'G-2' }, 'G-2'],
    [{ gradeCdExternalKey: 'G-2' }, 'G-2'],
    [{ gradeExternalKey: ' ', gradeCdExternalKey: '' }, null],
  ])('of %j has the grade key %j', (row, key) => {
    expect(personFrom(row).gradeKey).toBe(key);
  });

  it.each([
    [{ jobExternalKey: 'J-1', jobCdExternalKey: 'J-2' }, 'J-1'],
    [{ jobExternalKey: '', jobCdExternalKey: 'J-2' }, 'J-2'],
    [{ jobExternalKey: null }, null],
  ])('of %j has the position key %j', (row, key) => {
    expect(personFrom(row).positionKey).toBe(key);
  });

  it.each(['', '  ', null, undefined, '2021-02-30', '20210301', '2021-3-1', 'soon'])(
    'hired on %j has no date',
    (day) => {
      expect(personFrom({ employYmd: day }).hiredOn).toBeNull();
    },
  );

  it('keeps keys as they came, and an employee number whatever its JSON type', () => {
    expect(personFrom({ externalKey: ' E-1', empNo: 217 })).toMatchObject({
      externalKey: ' E-1',
      employeeNumber: '217',
    });
  });
});
