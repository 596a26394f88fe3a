import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createCompany } from '../../src/sandbox/company/company.ts';
import type { Company } from '../../src/sandbox/company/data.ts';
import { startGraph, type TestGraph } from '../helpers/graph.ts';

/** Invented people beside the company's own, numbered from 1: who has which address in which system. */
type Known = {
  /** In Lucca. */
  lucca?: { email: string | null; hasLeft?: boolean };
  /** In NAVER; `isSame`: under the key that Lucca has for them too. */
  naver?: { email: string; isSame?: boolean };
  ctrlHub?: { email: string };
};

const at = (mailbox: string): string => `${mailbox}@hanbit-marine.example`;

const known: Known[] = [
  // 1 and 2: one has left, the other's row in NAVER has the same address.
  { lucca: { email: at('quay'), hasLeft: true } },
  { lucca: { email: at('second') }, naver: { email: at('quay'), isSame: true } },
  // 3 and 4: linked rows alone have the address.
  { lucca: { email: at('third') }, naver: { email: at('dock'), isSame: true } },
  { lucca: { email: at('fourth') }, naver: { email: at('dock'), isSame: true } },
  // 5: a linked row alone, and nobody else.
  { lucca: { email: null }, naver: { email: at('crane'), isSame: true } },
  // 6 and 7: both have left.
  { lucca: { email: at('slip'), hasLeft: true } },
  { lucca: { email: at('slip'), hasLeft: true } },
  // 8: has left, and nobody else has the address.
  { lucca: { email: at('mast'), hasLeft: true } },
  // 9 and 10: a linked row has the address of somebody whom Lucca leads.
  { lucca: { email: at('ninth') }, naver: { email: at('hull'), isSame: true } },
  { lucca: { email: at('hull') } },
  // 11 to 13: one of Lucca's people and two strangers of NAVER's, of whom nobody can tell who is who.
  { lucca: { email: at('keel') } },
  { naver: { email: at('keel') } },
  { naver: { email: at('keel') } },
  // 14 and 15: a stranger of NAVER's and two of Ctrl Hub's.
  { naver: { email: at('bow') } },
  { ctrlHub: { email: at('bow') } },
  { ctrlHub: { email: at('bow') } },
  // 17 and 18: two strangers of Ctrl Hub's.
  { ctrlHub: { email: at('stern') } },
  { ctrlHub: { email: at('stern') } },
];

const twoDigits = (number: number) => String(number).padStart(2, '0');
const luccaId = (number: number) => `290${twoDigits(number)}`;
const naverKey = (number: number) => `emp-770${twoDigits(number)}`;
const userId = (number: number) => `05e50000-0000-4000-8000-0000000077${twoDigits(number)}`;

function companyOf(people: readonly Known[]): Company {
  const company = createCompany({ people: 20 });
  const organisationIds = company.ctrlHub.organisations.slice(0, 1).map(({ id }) => id);
  for (const [index, { lucca, naver, ctrlHub }] of people.entries()) {
    const number = index + 1;
    const names = { givenName: 'Ana', familyName: `Invented${number}` };
    if (lucca) {
      company.lucca.employees.push({
        ...{ id: luccaId(number), ...names, email: lucca.email, remoteId: naver?.isSame ? naverKey(number) : null },
        ...{ employeeNumber: null, createdAt: '2020-01-05T08:00:00.0000Z', lastUpdatedAt: '2020-01-05T08:00:00.0000Z' },
      });
      const endsOn = lucca.hasLeft ? '2019-12-31' : null;
      company.lucca.employments.push({
        id: `490${twoDigits(number)}`,
        employeeId: luccaId(number),
        startsOn: '2012-02-01',
        endsOn,
      });
    }
    if (naver) {
      company.naver.employees.push({
        ...{ externalKey: naverKey(number), empId: null, loginId: `ana${number}`, emailAddress: naver.email },
        ...{ name: `Ana Invented${number}`, i18nNames: {}, employYmd: null, empNo: null, gradeExternalKey: null },
        ...{ jobExternalKey: null, deptExternalKey: 'D01' },
      });
    }
    if (ctrlHub) {
      company.ctrlHub.users.push({
        id: userId(number),
        email: ctrlHub.email,
        firstName: 'Ana',
        lastName: 'I',
        organisationIds,
      });
    }
  }
  return company;
}

let graph: TestGraph;
beforeAll(async () => {
  // By their keys first: so that rows of one key are one person, whatever their addresses.
  graph = await startGraph({ company: companyOf(known), env: { IDENTITY_RULES: 'remote-id,email' } });
});
afterAll(() => graph.stop());

const nodeId = (key: string): string => Buffer.from(`Employee:${key}`).toString('base64url');

/** The key in the id of who is found, null for nobody, else the code of the error; the same on every way to ask. */
async function find(email: string): Promise<string | null> {
  const { data, errors } = await graph.query(
    `query ($by: EmployeeBy!, $them: [_Any!]!, $emails: [String]!) {
      employee(by: $by) { id } _entities(representations: $them) { ... on Employee { id } } employeesByEmail(emails: $emails) { id }
    }`,
    { by: { email }, them: [{ __typename: 'Employee', email }], emails: [email] },
  );
  const codes = new Map(errors.map(({ path, extensions }) => [path?.join('.'), extensions.code]));
  const found = z.record(z.string(), z.unknown()).parse(data);
  const one = (it: unknown): string | null => {
    const [, id] = /"id":"([^"]+)"/.exec(JSON.stringify(it)) ?? [];
    return id === undefined ? null : Buffer.from(id, 'base64url').toString('utf8').replace('Employee:', '');
  };
  const told = codes.get('employee') ?? one(found.employee);
  expect(codes.get('employeesByEmail.0') ?? one(found.employeesByEmail)).toBe(told);
  expect(codes.get('_entities.0') ?? one(found._entities)).toBe(told ?? 'NOT_FOUND');
  return told;
}

describe('an address leads to', () => {
  it.each([
    ['who leads with it, before those whose linked rows have it', 'hull', `L:${luccaId(10)}`],
    ['the one whom Lucca leads, before those of the systems that come later', 'keel', `L:${luccaId(11)}`],
    ['the one whom NAVER leads, before those of Ctrl Hub', 'bow', `N:${naverKey(14)}`],
    ['several whom one system leads: that is a conflict', 'stern', 'CONFLICT'],
    ['who has it on a linked row alone', 'crane', `L:${luccaId(5)}`],
    ['several who have it on linked rows: that is a conflict', 'dock', 'CONFLICT'],
    ['who has it on a linked row, before somebody who has left', 'quay', `L:${luccaId(2)}`],
    ['who has left, where nobody else has it', 'mast', `L:${luccaId(8)}`],
    ['several who have left: that is a conflict', 'slip', 'CONFLICT'],
    ['nobody', 'nobody', null],
  ])('%s', async (_, mailbox, expected) => {
    expect(await find(at(mailbox))).toBe(expected);
  });

  it.each([
    ['in capitals', (it: string) => it.toUpperCase()],
    ['between blanks', (it: string) => `  ${it} `],
    ['in full-width letters', (it: string) => it.replace('mast', 'ｍａｓｔ')],
    ['with a soft hyphen', (it: string) => it.replace('mast', 'ma\u00adst')],
  ])('the same person when it is written %s', async (_, spell) => {
    expect(await find(spell(at('mast')))).toBe(`L:${luccaId(8)}`);
  });
});

describe('the filter by addresses', () => {
  it('compares the shown address: it takes linked rows for nothing, and never conflicts', async () => {
    const select = async (mailbox: string) => {
      const { data, errors } = await graph.query(
        'query ($emails: [EmailAddress!]) { employees(filter: { emails: $emails }) { nodes { id } } }',
        { emails: [at(mailbox).toUpperCase()] },
      );
      expect(errors).toEqual([]);
      return data;
    };
    const nodes = (...numbers: number[]) => ({
      employees: { nodes: numbers.map((it) => ({ id: nodeId(`L:${luccaId(it)}`) })) },
    });
    expect(await select('slip')).toEqual(nodes(6, 7));
    expect(await select('quay')).toEqual(nodes(1));
    expect(await select('crane')).toEqual(nodes());
    expect(await select('keel')).toEqual(nodes(11));
  });
});
