import { afterEach, describe, expect, it } from 'vitest';
import { createCompany } from '../../src/sandbox/company/company.ts';
import type { Company } from '../../src/sandbox/company/data.ts';
import { startGraph, type TestGraph } from '../helpers/graph.ts';

let graph: TestGraph | undefined;
afterEach(() => graph?.stop());

const email = 'ines.duarte@hanbit-marine.example';
const userId = '05e50000-0000-4000-8000-00000000d0a7';
const naverKey = 'emp-77001';

type Employment = { startsOn: string; endsOn: string | null };
const former: Employment = { startsOn: '2009-04-01', endsOn: '2016-03-31' };
const present: Employment = { startsOn: '2020-09-01', endsOn: null };
const upcoming: Employment = { startsOn: '2091-01-01', endsOn: null };

/** A company in which NAVER and Ctrl Hub know Ines Duarte once, and Lucca has a record for each of her employments. */
function companyOf(employments: readonly Employment[], fields: object = { email }): Company {
  const company = createCompany({ people: 20 });
  const { lucca, naver, ctrlHub } = company;
  for (const [index, employment] of employments.entries()) {
    const id = `2900${index + 1}`;
    lucca.employees.push({
      ...{ id, givenName: 'Ines', familyName: 'Duarte', remoteId: null, email: null, employeeNumber: null },
      ...{ createdAt: '2020-01-05T08:00:00.0000Z', lastUpdatedAt: '2020-01-05T08:00:00.0000Z', ...fields },
    });
    lucca.employments.push({ id: `4900${index + 1}`, employeeId: id, ...employment });
  }
  naver.employees.push({
    ...{ externalKey: naverKey, empId: null, loginId: 'ines', emailAddress: email.toUpperCase(), name: 'Ines Duarte' },
    ...{ i18nNames: {}, employYmd: '2020-09-01', empNo: 'N-7701', gradeExternalKey: 'G01', jobExternalKey: null },
    deptExternalKey: 'D01',
  });
  const organisationIds = ctrlHub.organisations.slice(0, 1).map(({ id }) => id);
  ctrlHub.users.push({ id: userId, email, firstName: 'Ines', lastName: 'Duarte', organisationIds });
  return company;
}

const fields = `
  status email grade { externalKey } jobRoleAssignments { totalCount }
  identities { upstreamId } identityConflicts { matchedBy }`;

async function ask(company: Company) {
  graph = await startGraph({ company });
  return graph.query(`{
    first: employee(by: { luccaId: "29001" }) { ${fields} }
    second: employee(by: { luccaId: "29002" }) { ${fields} }
    third: employee(by: { luccaId: "29003" }) { ${fields} }
    byEmail: employee(by: { email: "${email}" }) { identities(upstreams: [LUCCA]) { upstreamId } }
    byNaver: employee(by: { naverExternalKey: "${naverKey}" }) { identities(upstreams: [LUCCA]) { upstreamId } }
    byCtrlHub: employee(by: { ctrlHubId: "${userId}" }) { identities(upstreams: [LUCCA]) { upstreamId } }
  }`);
}

const ids = (...of: string[]) => of.map((upstreamId) => ({ upstreamId }));
const led = (luccaId: string) => ({ identities: ids(luccaId) });

const ofPresent = (luccaId: string) => ({
  status: 'ACTIVE',
  email,
  grade: { externalKey: 'G01' },
  jobRoleAssignments: { totalCount: 0 },
  identities: ids(luccaId, naverKey, userId),
  identityConflicts: [],
});
const ofFormer = (luccaId: string) => ({
  status: 'DEACTIVATED',
  email,
  grade: null,
  jobRoleAssignments: { totalCount: 0 },
  identities: ids(luccaId),
  identityConflicts: [],
});

describe('a record of an employment that has ended', () => {
  it.each([
    ['the former record came first', [former, present], '29002', '29001'],
    ['the present record came first', [present, former], '29001', '29002'],
  ])('gives way to the one that has not, and nothing is contested: %s', async (_, employments, now, then) => {
    const { data, errors } = await ask(companyOf(employments));
    expect(errors).toEqual([]);
    const [first, second] = [ofPresent('29001'), ofFormer('29002')];
    expect(data).toEqual({
      first: now === '29001' ? first : ofFormer(then),
      second: now === '29002' ? ofPresent(now) : second,
      third: null,
      ...{ byEmail: led(now), byNaver: led(now), byCtrlHub: led(now) },
    });
  });

  it('gives way to one that is to come', async () => {
    const { data, errors } = await ask(companyOf([former, upcoming]));
    expect(errors).toEqual([]);
    expect(data).toMatchObject({
      second: { status: 'UPCOMING', grade: { externalKey: 'G01' } },
      first: ofFormer('29001'),
    });
  });

  it('gives way by every trait that the two have in common, not by the address alone', async () => {
    const { data, errors } = await ask(companyOf([former, present], { employeeNumber: 'N-7701' }));
    expect(errors).toEqual([]);
    expect(data).toMatchObject({
      first: { identities: ids('29001') },
      second: { identities: ids('29002', naverKey), grade: { externalKey: 'G01' } },
    });
  });

  it('is linked like any other where there is no later one', async () => {
    const { data, errors } = await ask(companyOf([former]));
    expect(errors).toEqual([]);
    expect(data).toMatchObject({
      first: { status: 'DEACTIVATED', grade: { externalKey: 'G01' }, identities: ids('29001', naverKey, userId) },
      ...{ byEmail: led('29001'), byNaver: led('29001'), byCtrlHub: led('29001') },
    });
  });

  it.each([
    // The address asks for people at work first: three records have it, two of them of people at work.
    ['two records are not former', [former, present, present], ['byEmail'], null],
    // NAVER's row, which nobody can be given, is a person at work.
    ['all records are former', [former, former], [], { identities: [] }],
  ])('counts like the rest where %s', async (_, employments, lost, byEmail) => {
    const { data, errors } = await ask(companyOf(employments));
    const names = ['first', 'second', 'third'].slice(0, employments.length);
    const contested = names.flatMap((name) => [`${name}.grade`, `${name}.jobRoleAssignments`]);
    expect(errors.map(({ path, extensions }) => `${path?.join('.')} ${extensions.code}`).sort()).toEqual(
      [...lost, ...contested].map((path) => `${path} CONFLICT`).sort(),
    );
    const identityConflicts = [{ matchedBy: 'EMAIL' }, { matchedBy: 'EMAIL' }];
    for (const name of names) expect(data).toMatchObject({ [name]: { identityConflicts, grade: null, email } });
    expect(data).toMatchObject({ byEmail, byNaver: { identities: [] }, byCtrlHub: { identities: [] } });
  });
});
