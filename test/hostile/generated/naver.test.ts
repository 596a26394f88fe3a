import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EmulatorRequest } from '../../../src/sandbox/emulator.ts';
import { askAgainst } from '../../upstreams/naver-fixture.ts';
import { around, type EmployeeRow, employeeRow, type ItemRow, itemRow } from './naver.ts';
import { listOf, runs, textOf, timeoutMs } from './values.ts';

const namesOf = (i18nNames: Record<string, string | null> | null | undefined) =>
  Object.entries(i18nNames ?? {})
    .flatMap(([tag, text]) => (textOf(text) === null ? [] : [{ locale: tag.replace('_', '-'), text }]))
    .sort((a, b) => (a.locale < b.locale ? -1 : 1));

/** Keys are compared as they are, and blank ones are none. */
const keyOf = (key: string | null | undefined) => (textOf(key) === null ? null : key);

const firstPage = (body: object) => (request: EmulatorRequest) => ({
  body: request.query.get('offset') === '0' ? body : { elements: [] },
});

describe('of any list that WORKPLACE’s tables and samples allow, no row is lost or misread', {
  timeout: timeoutMs,
}, () => {
  it.each(['grades', 'positions'] as const)('%s', async (list) => {
    const expected = ({ externalKey, name, i18nNames, sortOrder, itemUsed }: ItemRow) => ({
      externalKey,
      name,
      names: namesOf(i18nNames),
      sortOrder: Number(sortOrder) + 0,
      isActive: itemUsed,
      version: expect.any(String),
    });
    const drawn = listOf(itemRow, (it) => it.externalKey).chain((rows) => fc.tuple(fc.constant(rows), around(rows)));
    await fc.assert(
      fc.asyncProperty(drawn, async ([rows, body]) => {
        const { value } = await askAgainst(firstPage(body), (client) => client[list]());
        expect(value).toEqual(rows.map(expected));
      }),
      runs,
    );
  });

  it('employees', async () => {
    const expected = ({ members: it, grade, job }: EmployeeRow) => ({
      externalKey: keyOf(it.externalKey),
      empId: it.empId,
      loginId: it.loginId,
      email: textOf(it.emailAddress),
      name: it.name,
      names: namesOf(it.i18nNames),
      hiredOn: textOf(it.employYmd),
      employeeNumber: it.empNo == null ? null : String(it.empNo),
      birthday: it.birthYmd == null ? null : it.birthYmd.replace(/^\d{4}/, '-'),
      gradeKey: keyOf(grade),
      positionKey: keyOf(job),
    });
    const drawn = listOf(employeeRow, ({ members }) => keyOf(members.externalKey) ?? members.empId).chain((rows) =>
      fc.tuple(fc.constant(rows), around(rows.map((it) => it.wire))),
    );
    await fc.assert(
      fc.asyncProperty(drawn, async ([rows, body]) => {
        const { value } = await askAgainst(firstPage(body), (client) => client.people());
        expect(value).toEqual(rows.map(expected));
      }),
      runs,
    );
  });
});
