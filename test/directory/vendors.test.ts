import { describe, expect, it } from 'vitest';
import { buildDirectory, type Directory } from '../../src/directory/directory.ts';
import { identityRules } from '../../src/domain/identity-rule.ts';
import type { CtrlHubUser, LuccaEmployee, NaverPerson } from '../../src/domain/people.ts';
import { IdentityMapping } from '../../src/identity/mapping.ts';
import { ctrlHubPeople } from '../../src/upstreams/ctrl-hub/people-source.ts';
import { luccaPeople } from '../../src/upstreams/lucca/people-source.ts';
import { naverPeople } from '../../src/upstreams/naver/people-source.ts';

type Vendors = { LUCCA: LuccaEmployee; NAVER: NaverPerson; CTRL_HUB: CtrlHubUser };

const employee = (luccaId: string, known: Partial<LuccaEmployee>): LuccaEmployee => ({
  luccaId,
  remoteId: null,
  givenName: null,
  familyName: null,
  email: null,
  employeeNumber: null,
  birthday: null,
  status: 'ACTIVE',
  createdAt: null,
  jobPosition: null,
  employment: null,
  ...known,
});

const person = (known: Partial<NaverPerson>): NaverPerson => ({
  externalKey: null,
  empId: null,
  loginId: null,
  email: null,
  name: null,
  names: [],
  hiredOn: null,
  employeeNumber: null,
  birthday: null,
  gradeKey: null,
  positionKey: null,
  ...known,
});

const user = (ctrlHubId: string, email: string, lastName: string | null = null): CtrlHubUser => ({
  ctrlHubId,
  email,
  firstName: null,
  lastName,
});

function directoryOf(employees: LuccaEmployee[], people: NaverPerson[], users: CtrlHubUser[]): Directory<Vendors> {
  const steps = buildDirectory<Vendors>({
    sources: [
      { source: luccaPeople, records: employees },
      { source: naverPeople, records: people },
      { source: ctrlHubPeople, records: users },
    ],
    rules: identityRules,
    mapping: new IdentityMapping([{ LUCCA: '104', NAVER: '7004' }]),
  });
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

const described = ({ people }: Directory<Vendors>) =>
  people.map(({ id, links }) => [id, links.LUCCA?.matchedBy, links.NAVER?.matchedBy, links.CTRL_HUB?.matchedBy]);

describe('the vendors’ people', () => {
  it('are linked by address, by Lucca’s remoteId and NAVER’s externalKey, by number and by hand', () => {
    const directory = directoryOf(
      [
        employee('101', { familyName: 'Arai', email: 'arai@hanbit.example' }),
        employee('102', { familyName: 'Berg', remoteId: 'emp-2' }),
        employee('103', { familyName: 'Choi', employeeNumber: '3003' }),
        employee('104', { familyName: 'Diaz' }),
      ],
      [
        person({ externalKey: 'emp-1', email: 'Arai@hanbit.example' }),
        person({ externalKey: 'emp-2' }),
        person({ employeeNumber: '3003' }),
        person({ empId: '7004' }),
      ],
      [user('AA-01', 'arai@hanbit.example')],
    );
    expect(described(directory)).toEqual([
      ['L:101', 'SOURCE', 'EMAIL', 'EMAIL'],
      ['L:102', 'SOURCE', 'REMOTE_ID', undefined],
      ['L:103', 'SOURCE', 'EMPLOYEE_NUMBER', undefined],
      ['L:104', 'SOURCE', 'MAPPING_FILE', undefined],
    ]);
    expect(['N:emp-1', 'C:aa-01', 'C:AA-01'].map((id) => directory.byIdentifier(id)?.id)).toEqual(
      Array(3).fill('L:101'),
    );
    expect(directory.byIdentifier('W:7004')?.id).toBe('L:104');
  });

  it('are named by the key of whichever vendor leads, and never by an address', () => {
    const directory = directoryOf(
      [],
      [
        person({ externalKey: 'emp-1', empId: '7001', name: 'A 김' }),
        person({ empId: '7002', name: 'B 이', email: 'b@hanbit.example' }),
        person({ name: 'no key', email: 'c@hanbit.example' }),
      ],
      [user('AA-02', 'b@hanbit.example'), user('AA-03', 'c@hanbit.example', 'Cho')],
    );
    expect(described(directory)).toEqual([
      ['N:emp-1', undefined, 'SOURCE', undefined],
      ['W:7002', undefined, 'SOURCE', 'EMAIL'],
      ['C:aa-03', undefined, undefined, 'SOURCE'],
    ]);
    expect(directory.byIdentifier('W:7001')?.id).toBe('N:emp-1');
    expect(directory.people.map(directory.sortKeyOf)).toEqual(['A 김', 'B 이', 'Cho']);
  });

  it('are former where Lucca has deactivated them, and nowhere else', () => {
    const email = 'arai@hanbit.example';
    const statuses = ['DEACTIVATED', 'ACTIVE', 'UPCOMING', null] as const;
    const employees = statuses.map((status, index) => employee(`${101 + index}`, { status }));
    expect(employees.map(luccaPeople.isFormer)).toEqual([true, false, false, false]);
    const rehired = directoryOf(
      [employee('101', { email, status: 'DEACTIVATED' }), employee('102', { email, status: 'UPCOMING' })],
      [person({ externalKey: 'emp-1', email })],
      [],
    );
    expect(rehired.byIdentifier('N:emp-1')?.id).toBe('L:102');
    expect([naverPeople.isFormer(person({})), ctrlHubPeople.isFormer(user('AA-01', email))]).toEqual([false, false]);
  });
});
