import { describe, expect, it } from 'vitest';
import type { Assignment } from '../../src/domain/writes.ts';
import { assignmentId, filters, invented, onStage, roleId, targets, userId } from './ctrl-hub-fixture.ts';

const [U0, U1, R0] = [userId(0), userId(1), roleId(0)];

const assignment = (changes: Partial<Assignment> = {}): Assignment => ({
  userId: U0,
  roleId: R0,
  type: 'main_layer',
  ...changes,
});

describe('the look before a new assignment', () => {
  it('is percent-encoded once', () =>
    onStage({}, async ({ ctrlHub, lists }) => {
      await lists.createAssignment(assignment({ type: "a 'b' & 야간" }));
      expect(targets(ctrlHub)[0]).toBe(
        `/v3/job-role-assignments?limit=100&offset=0&include=organisation,role,user&filter=and(user(%27${U0}%27)%2C` +
          `role(%27${R0}%27)%2Ctype(%27a%20%5C%27b%5C%27%20%26%20%EC%95%BC%EA%B0%84%27))`,
      );
    }));

  it.each([
    ['named', 'main_layer', `and(user('${U0}'),role('${R0}'),type('main_layer'))`],
    ['named', null, `and(user('${U0}'),role('${R0}'))`],
    ['operator', 'main_layer', `and(eq(user,${U0}),eq(role,${R0}),eq(type,main_layer))`],
    ['operator', null, `and(eq(user,${U0}),eq(role,${R0}))`],
  ] as const)('in the %s dialect finds the one of the same type: %s', (filterDialect, type, written) =>
    onStage({ config: { filterDialect }, knobs: { dialects: [filterDialect] } }, async ({ ctrlHub, lists }) => {
      const expected = type === null ? 'DONE' : 'ALREADY_EXISTS';
      expect((await lists.createAssignment(assignment({ type }))).outcome).toBe(expected);
      expect(filters(ctrlHub)[0]).toBe(written);
    }),
  );

  it('is not misled by a server that ignores the filter', () =>
    onStage({ knobs: { ignoreFilter: true }, config: { pageSize: 4 } }, async ({ lists }) => {
      expect((await lists.createAssignment(assignment())).outcome).toBe('ALREADY_EXISTS');
      expect((await lists.createAssignment(assignment({ type: 'night' }))).outcome).toBe('DONE');
    }));
});

describe('a type', () => {
  const odd = ["it's", "')", '주야 교대', 'null', 'a,b', '%2F', '#', '../x', 'a\r\nb', '(x]', 'a\\', "\\'", '\ud800'];

  it.each([
    ['named', ['a\\', "\\'", '\ud800']],
    ['operator', ["it's", "')", 'null', 'a,b', 'a\r\nb', '(x]', 'a\\', "\\'", '\ud800']],
  ] as const)('in the %s dialect that cannot be said is compared on our side', async (filterDialect, unsaid) => {
    const data = invented({ users: 2, roles: 1, assignments: 2 * odd.length });
    data.assignments = data.assignments.map((row, n) => ({ ...row, type: odd[Math.floor(n / 2)] ?? null }));
    const options = { data, knobs: { dialects: [filterDialect] }, config: { filterDialect, pageSize: 4 } };
    await onStage(options, async ({ ctrlHub, lists }) => {
      for (const type of odd) {
        ctrlHub.requests.length = 0;
        expect(await lists.createAssignment(assignment({ userId: U1, type }))).toMatchObject({
          outcome: 'ALREADY_EXISTS',
          field: 'role',
          list: expect.objectContaining({ rows: [expect.objectContaining({ userId: U1, roleId: R0, type })] }),
        });
        const isAsked = filters(ctrlHub).every((it) => it?.includes('type'));
        expect({ type, isAsked }).toEqual({ type, isAsked: !unsaid.some((it) => it === type) });
      }
    });
  });

  it('of 10 kB does not go into the request', () =>
    onStage({}, async ({ ctrlHub, lists }) => {
      const type = '교'.repeat(3_500);
      const createdAt = '2025-06-01T00:00:00Z';
      ctrlHub.data.assignments.push({ id: assignmentId(77), userId: U0, roleId: R0, type, createdAt });
      expect((await lists.createAssignment(assignment({ type }))).outcome).toBe('ALREADY_EXISTS');
      expect(filters(ctrlHub)).toEqual([`and(user('${U0}'),role('${R0}'))`]);
    }));
});
