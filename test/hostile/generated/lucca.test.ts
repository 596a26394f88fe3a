import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EmulatorRequest } from '../../../src/sandbox/emulator.ts';
import { againstServer } from '../../upstreams/lucca-fixture.ts';
import {
  type EmployeeRow,
  type EmploymentRow,
  employeeRow,
  employmentRow,
  envelope,
  type JobPositionRow,
  type JobQualificationRow,
  jobPositionRow,
  jobQualificationRow,
  type ProfessionRow,
  professionRow,
} from './lucca.ts';
import { listOf, runs, textOf, timeoutMs } from './values.ts';

const statuses = { active: 'ACTIVE', upcoming: 'UPCOMING', deactivated: 'DEACTIVATED' } as const;

/** Lucca's schema allows the 31st of every month. */
function birthdayOf(birthDay: { day: number; month: number } | null | undefined): string | null {
  if (birthDay == null) return null;
  const date = new Date(Date.UTC(2000, birthDay.month - 1, birthDay.day));
  return date.getUTCDate() === birthDay.day ? date.toISOString().replace(/^2000(-\d\d-\d\d).*/, '-$1') : null;
}

const titlesOf = (t9n: { title?: Record<string, string | null> | null } | null | undefined) =>
  Object.entries(t9n?.title ?? {})
    .flatMap(([locale, text]) => (textOf(text) === null ? [] : [{ locale, text }]))
    .sort((a, b) => (a.locale < b.locale ? -1 : 1));

describe('of any list that Lucca’s reference allows, no row is lost or misread', { timeout: timeoutMs }, () => {
  it('job-qualifications', async () => {
    const expected = (it: JobQualificationRow) => ({
      luccaId: it.id,
      title: it.title,
      titles: titlesOf(it.t9n),
      rank: it.rank,
      professionId: it.profession.id,
      createdAt: it.createdAt ?? null,
      updatedAt: it.lastUpdatedAt ?? null,
      version: expect.any(String),
    });
    await fc.assert(
      fc.asyncProperty(
        listOf(jobQualificationRow, (it) => it.id),
        envelope,
        async (items, around) => {
          const { value } = await againstServer(
            () => ({ status: 200, body: { ...around, items } }),
            (client) => client.jobQualifications(),
          );
          expect(value).toEqual(items.map(expected));
        },
      ),
      runs,
    );
  });

  it('professions', async () => {
    const expected = ({ id, title, isArchived, t9n }: ProfessionRow) => ({
      luccaId: id,
      title,
      titles: titlesOf(t9n),
      isArchived: isArchived ?? false,
    });
    await fc.assert(
      fc.asyncProperty(
        listOf(professionRow, (it) => it.id),
        envelope,
        async (items, around) => {
          const { value } = await againstServer(
            () => ({ status: 200, body: { ...around, items } }),
            (client) => client.professions(),
          );
          expect(value).toEqual(items.map(expected));
        },
      ),
      runs,
    );
  });

  it('employees, with what applies to them, embedded or not', async () => {
    const company = fc.record({
      items: listOf(employeeRow, (it) => it.id),
      position: fc.array(jobPositionRow, { minLength: 100, maxLength: 100 }),
      employment: fc.array(employmentRow, { minLength: 100, maxLength: 100 }),
      embeds: fc.array(fc.constantFrom('whole', 'partial', 'null', 'missing'), { minLength: 100, maxLength: 100 }),
      around: envelope,
    });
    await fc.assert(
      fc.asyncProperty(company, async ({ items, position, employment, embeds, around }) => {
        const positions = byId(items, (it) => it.applicableJobPosition?.id, position);
        const employments = byId(items, (it) => it.applicableEmployment?.id, employment);
        const embedded = {
          'job-position': embed(positions, embeds, ['jobTitle', 'jobQualification']),
          employment: embed(employments, embeds, ['start']),
        };
        const answer = ({ path, query }: EmulatorRequest) => {
          if (path.endsWith('/employees')) return { ...around, embedded, items };
          return { items: chosen(path.endsWith('/job-positions') ? positions : employments, query.get('id')) };
        };
        const { value } = await againstServer(
          (request) => ({ status: 200, body: answer(request) }),
          (client) => client.employees(),
        );
        expect(value).toEqual(items.map((it) => expectedEmployee(it, positions, employments)));
      }),
      runs,
    );
  });
});

function expectedEmployee(
  it: EmployeeRow,
  positions: ReadonlyMap<string, JobPositionRow>,
  employments: ReadonlyMap<string, EmploymentRow>,
) {
  const positionId = it.applicableJobPosition?.id;
  const position = positions.get(positionId ?? '');
  const employmentId = it.applicableEmployment?.id;
  const employment = employments.get(employmentId ?? '');
  const jobPosition = {
    luccaId: positionId,
    jobTitle: textOf(position?.jobTitle),
    jobQualificationId: position?.jobQualification?.id ?? null,
  };
  return {
    luccaId: it.id,
    remoteId: textOf(it.remoteId),
    givenName: it.givenName,
    familyName: it.familyName,
    email: it.email,
    employeeNumber: textOf(it.employeeNumber),
    birthday: birthdayOf(it.birthDay),
    status: it.status === undefined ? null : statuses[it.status],
    createdAt: it.createdAt ?? null,
    jobPosition: positionId === undefined ? null : { id: positionId, value: jobPosition },
    employment:
      employmentId === undefined
        ? null
        : { id: employmentId, value: { luccaId: employmentId, startsOn: employment?.start.date } },
  };
}

function byId<Row>(
  items: readonly EmployeeRow[],
  idOf: (it: EmployeeRow) => string | undefined,
  rows: readonly Row[],
): ReadonlyMap<string, Row> {
  return new Map(
    items.flatMap((it, index) => {
      const id = idOf(it);
      const row = rows[index];
      return id === undefined || row === undefined ? [] : [[id, row]];
    }),
  );
}

function embed(rows: ReadonlyMap<string, object>, embeds: readonly string[], whole: readonly string[]) {
  const entries = [...rows].flatMap(([id, row], index): [string, unknown][] => {
    const how = embeds[index % embeds.length];
    if (how === 'missing') return [];
    if (how === 'null') return [[id, null]];
    const shown = how === 'whole' ? row : Object.fromEntries(Object.entries(row).filter(([it]) => !whole.includes(it)));
    return [[id, { ...shown, id }]];
  });
  return Object.fromEntries(entries);
}

const chosen = (rows: ReadonlyMap<string, object>, ids: string | null) =>
  (ids ?? '').split(',').flatMap((id) => {
    const row = rows.get(id);
    return row === undefined ? [] : [{ ...row, id }];
  });
