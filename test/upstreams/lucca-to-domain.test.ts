import { describe, expect, it } from 'vitest';
import { type RowReader, readRows } from '../../src/http/rows.ts';
import {
  toEmployee,
  toEmployment,
  toJobPosition,
  toJobQualification,
  toProfession,
} from '../../src/upstreams/lucca/to-domain.ts';
import {
  employeeReader,
  employmentReader,
  jobPositionReader,
  jobQualificationReader,
  listWire,
  professionReader,
} from '../../src/upstreams/lucca/wire.ts';

const employee = (members: object, embedded?: unknown) => {
  const page = listWire.parse({ items: [{ id: '1001', ...members }], embedded });
  return toEmployee(oneRow(page.items[0], employeeReader), page.embedded);
};

function oneRow<Row>(value: unknown, reader: RowReader<Row>): Row {
  const [row] = readRows([value], reader).rows;
  if (row === undefined) throw new Error('The row was skipped.');
  return row;
}

const references = { applicableJobPosition: { id: '3001' }, applicableEmployment: { id: '2001' } };
const unresolved = { jobPosition: { id: '3001', value: null }, employment: { id: '2001', value: null } };

describe('Employees', () => {
  it('may be nothing but an id', () => {
    expect(employee({})).toEqual({
      luccaId: '1001',
      remoteId: null,
      givenName: null,
      familyName: null,
      email: null,
      employeeNumber: null,
      birthday: null,
      status: null,
      createdAt: null,
      jobPosition: null,
      employment: null,
    });
  });

  it('have their texts trimmed, and blank ones count as missing', () => {
    expect(
      employee({ email: ' Ada@ondo.example ', remoteId: '', employeeNumber: '  ', familyName: null }),
    ).toMatchObject({
      email: 'Ada@ondo.example',
      remoteId: null,
      employeeNumber: null,
      familyName: null,
    });
  });

  it.each([
    ['active', 'ACTIVE'],
    ['upcoming', 'UPCOMING'],
    ['deactivated', 'DEACTIVATED'],
    ['preboarding', null],
    ['', null],
    ['constructor', null],
  ])('with status %j are %s', (status, expected) => {
    expect(employee({ status }).status).toBe(expected);
  });

  it('keep the digits of their timestamps', () => {
    expect(employee({ createdAt: '2024-04-15T23:12:54.0001Z' }).createdAt).toBe('2024-04-15T23:12:54.0001Z');
    expect(employee({ createdAt: 'yesterday' }).createdAt).toBeNull();
  });

  it.each([
    ['absent', undefined],
    ['null', null],
    ['empty', {}],
    ['a list', []],
    ['text', 'none'],
    ['without the types', { employee: {} }],
    ['with null types', { 'job-position': null, employment: null }],
    ['with other ids', { 'job-position': { '3002': {} }, employment: { constructor: {} } }],
    ['with null resources', { 'job-position': { '3001': null }, employment: { '2001': null } }],
    ['with damaged resources', { 'job-position': { '3001': 'text' }, employment: { '2001': { id: 5 } } }],
    ['with references only', { 'job-position': { '3001': { id: '3001' } }, employment: { '2001': { id: '2001' } } }],
  ])('name their relations where embedded is %s', (_, embedded) => {
    expect(employee(references, embedded)).toMatchObject(unresolved);
  });

  it('have no relation of an inherited name', () => {
    const odd = { applicableJobPosition: { id: 'constructor' }, applicableEmployment: { id: '__proto__' } };
    expect(employee(odd, { 'job-position': {}, employment: {} })).toMatchObject({
      jobPosition: { id: 'constructor', value: null },
      employment: { id: '__proto__', value: null },
    });
  });

  it('take what is embedded whole, and name the rest', () => {
    const embedded = {
      'job-position': { '3002': 'damaged', '3001': { id: '3001', jobTitle: null, jobQualification: null } },
      employment: { '2001': { id: '2001' }, '2002': 'damaged' },
    };
    expect(employee(references, embedded)).toMatchObject({
      jobPosition: { id: '3001', value: { luccaId: '3001', jobTitle: null, jobQualificationId: null } },
      employment: { id: '2001', value: null },
    });
  });

  it.each<[unknown, string | null]>([
    [{ day: 4, month: 5 }, '--05-04'],
    [{ day: 29, month: 2 }, '--02-29'],
    [{ day: 31, month: 2 }, null],
    [{ day: 0, month: 13 }, null],
    [null, null],
    ['4 May', null],
  ])('have the birthday %j as %s', (birthDay, birthday) => {
    expect(employee({ birthDay }).birthday).toBe(birthday);
  });

  it('do not take a missing job qualification for none', () => {
    const embedded = { 'job-position': { '3001': { id: '3001', jobTitle: 'Baker' } } };
    expect(employee(references, embedded).jobPosition).toEqual({ id: '3001', value: null });
  });

  it.each([[null], [{}], [undefined], [[]], [{ id: null, type: 'job-position', url: 'about:blank' }]])(
    'have no position or employment where Lucca sends %j',
    (reference) => {
      expect(employee({ applicableJobPosition: reference, applicableEmployment: reference })).toMatchObject({
        jobPosition: null,
        employment: null,
      });
    },
  );

  it('have identifiers as text, whatever their JSON type', () => {
    expect(employee({ id: 1002, remoteId: 17, employeeNumber: 42, applicableJobPosition: { id: 3001 } })).toMatchObject(
      {
        luccaId: '1002',
        remoteId: '17',
        employeeNumber: '42',
        jobPosition: { id: '3001', value: null },
      },
    );
  });
});

describe('Job positions and employments', () => {
  it('may lack everything but their ids where they were asked for themselves', () => {
    expect(toJobPosition(oneRow({ id: '3001' }, jobPositionReader))).toEqual({
      luccaId: '3001',
      jobTitle: null,
      jobQualificationId: null,
    });
    expect(toEmployment(oneRow({ id: '2001' }, employmentReader))).toEqual({ luccaId: '2001', startsOn: null });
  });

  it.each([
    ['start.date', { start: { date: '2024-02-29' } }, '2024-02-29'],
    ['the older startsOn', { startsOn: '2024-02-29' }, '2024-02-29'],
    ['both', { start: { date: '2024-01-01' }, startsOn: '2020-01-01' }, '2024-01-01'],
    ['an impossible day', { start: { date: '2023-02-29' } }, null],
    ['no start', { start: null }, null],
  ])('start on the day of %s', (_, members, startsOn) => {
    expect(toEmployment(oneRow({ id: '2001', ...members }, employmentReader)).startsOn).toBe(startsOn);
  });
});

describe('Job qualifications', () => {
  const whole = {
    id: '41',
    title: 'Senior Baker',
    profession: { id: '51' },
    rank: 3,
    t9n: { title: { 'fr-FR': 'Boulanger', de: 'Bäcker' } },
    createdAt: '2024-01-15T08:00:00.1234Z',
    lastUpdatedAt: '2024-02-16T09:30:00.0001Z',
  };
  const read = (changes: object) => toJobQualification(oneRow({ ...whole, ...changes }, jobQualificationReader));

  it.each([
    { title: 'Baker' },
    { profession: { id: '52' } },
    { profession: null },
    { rank: 4 },
    { t9n: { title: { 'fr-FR': 'Boulangère', de: 'Bäcker' } } },
    { createdAt: '2024-01-15T08:00:00.1235Z' },
    { lastUpdatedAt: null },
  ])('have another version with %j', (changes) => {
    expect(read(changes).version).not.toBe(read({}).version);
  });

  it('have the same version whatever the order of members and what else there is', () => {
    expect(read({ t9n: { title: { de: 'Bäcker', 'fr-FR': 'Boulanger' } }, links: {}, x: 1 }).version).toBe(
      read({}).version,
    );
  });

  it('may lack profession, translations and timestamps', () => {
    expect(toJobQualification(oneRow({ id: '41', title: 'Baker', rank: 1 }, jobQualificationReader))).toMatchObject({
      professionId: null,
      titles: [],
      createdAt: null,
      updatedAt: null,
    });
  });

  it('leave out blank translations and keys that are no language', () => {
    expect(read({ t9n: { title: { 'fr-FR': ' ', 'de-DE': null, '?': 'x', it: 'Fornaio' } } }).titles).toEqual([
      { locale: 'it', text: 'Fornaio' },
    ]);
  });
});

describe('Professions', () => {
  it('are not archived unless Lucca says so', () => {
    const read = (members: object) => toProfession(oneRow({ id: '51', title: 'Baker', ...members }, professionReader));
    expect([read({}), read({ isArchived: null }), read({ isArchived: true })].map((it) => it.isArchived)).toEqual([
      false,
      false,
      true,
    ]);
  });
});
