import fc from 'fast-check';
import type { Company, LuccaData } from '../../src/sandbox/company/data.ts';
import { company } from './random-company.ts';

const placeholders = ['N/A', '-', 'none', '0000'];

/** Each number picks a record; one past the end picks none. */
const trouble = fc.record({
  rehires: fc.array(
    fc.record({ of: fc.nat(59), keepsKey: fc.boolean(), keepsNumber: fc.boolean(), hasLeftAgain: fc.boolean() }),
    { maxLength: 3 },
  ),
  placeholders: fc.array(
    fc.record({ system: fc.constantFrom('lucca', 'naver'), of: fc.nat(59), text: fc.constantFrom(...placeholders) }),
    { maxLength: 6 },
  ),
  /** People without a desk, who share one mailbox. */
  sharing: fc.option(
    fc.record({
      lucca: fc.uniqueArray(fc.nat(19), { maxLength: 3 }),
      naver: fc.uniqueArray(fc.nat(19), { maxLength: 3 }),
      ctrlHub: fc.uniqueArray(fc.nat(19), { maxLength: 3 }),
    }),
  ),
});

/**
 * A company in which identity is hard: rehired people, whose former record has the address of the present one; shared
 * mailboxes; numbers that are none; and users who hold job roles without being members.
 */
export const troubledCompany: fc.Arbitrary<Company> = fc
  .tuple(company, trouble)
  .map(([drawn, { rehires, placeholders: texts, sharing }]) => {
    const { lucca, naver, ctrlHub } = structuredClone(drawn);
    for (const { system, of, text } of texts) {
      const employee = lucca.employees[of];
      const row = naver.employees[of];
      if (system === 'lucca' && employee !== undefined) employee.employeeNumber = text;
      if (system === 'naver' && row !== undefined) row.empNo = text;
    }
    if (sharing !== null) {
      const mailbox = 'reception@yard.example';
      for (const [index, row] of lucca.employees.entries()) if (sharing.lucca.includes(index)) row.email = mailbox;
      for (const [index, row] of naver.employees.entries())
        if (sharing.naver.includes(index)) row.emailAddress = mailbox;
      for (const [index, row] of ctrlHub.users.entries()) if (sharing.ctrlHub.includes(index)) row.email = mailbox;
    }
    for (const [index, rehire] of rehires.entries()) addFormerRecord(lucca, String(99_700 + index), rehire);
    return { lucca, naver, ctrlHub };
  });

type Rehire = { of: number; keepsKey: boolean; keepsNumber: boolean; hasLeftAgain: boolean };

/** The record of an employment that has ended, of somebody who has come back under another one, and may have left again. */
function addFormerRecord(lucca: LuccaData, id: string, { of, keepsKey, keepsNumber, hasLeftAgain }: Rehire): void {
  const present = lucca.employees[of];
  if (present === undefined) return;
  if (hasLeftAgain) {
    const past = lucca.employments.filter((it) => it.employeeId !== present.id || it.endsOn !== null);
    lucca.employments = past;
    lucca.jobPositions = lucca.jobPositions.filter((it) => past.some(({ id }) => id === it.employmentId));
  }
  lucca.employees.push({
    ...present,
    id,
    remoteId: keepsKey ? present.remoteId : null,
    employeeNumber: keepsNumber ? present.employeeNumber : null,
    createdAt: '2010-02-01T00:00:00.0000Z',
  });
  lucca.employments.push({ id: `7${id}`, employeeId: id, startsOn: '2010-02-01', endsOn: '2013-06-30' });
}
