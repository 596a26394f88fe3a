import { describe, expect, it } from 'vitest';
import { assignmentId, filters, invented, onStage, roleId, targets, userId } from './ctrl-hub-fixture.ts';

const [U0, U1, R0, R1] = [userId(0), userId(1), roleId(0), roleId(1)];

describe('a filter', () => {
  it('is percent-encoded once', () =>
    onStage({}, async ({ ctrlHub, client }) => {
      await client.assignments({ filter: { userIds: [U0, U1], type: "a 'b' & 야간" }, include: ['user'] });
      expect(targets(ctrlHub)).toEqual([
        `/v3/job-role-assignments?limit=100&offset=0&include=user&filter=and(user(%27${U0}%27%2C%27${U1}%27)%2C` +
          'type(%27a%20%5C%27b%5C%27%20%26%20%EC%95%BC%EA%B0%84%27))',
      ]);
    }));

  it.each([
    ['named', { userIds: [U0] }, `user('${U0}')`],
    ['named', { roleIds: [R0, R1] }, `role('${R0}','${R1}')`],
    ['named', { type: 'main_layer' }, "type('main_layer')"],
    [
      'named',
      { type: 'cover', roleIds: [R1], userIds: [U0, U1] },
      `and(user('${U0}','${U1}'),role('${R1}'),type('cover'))`,
    ],
    ['operator', { userIds: [U0] }, `eq(user,${U0})`],
    ['operator', { roleIds: [R0, R1] }, `in(role,[${R0},${R1}])`],
    [
      'operator',
      { type: 'cover', roleIds: [R1], userIds: [U0, U1] },
      `and(in(user,[${U0},${U1}]),eq(role,${R1}),eq(type,cover))`,
    ],
  ] as const)('in the %s dialect finds what it says: %j', (filterDialect, filter, written) =>
    onStage({ config: { filterDialect }, knobs: { dialects: [filterDialect] } }, async ({ ctrlHub, client }) => {
      const { data } = ctrlHub;
      const expected = data.assignments.filter(
        (row) =>
          (!('userIds' in filter) || filter.userIds.some((id) => id === row.userId)) &&
          (!('roleIds' in filter) || filter.roleIds.some((id) => id === row.roleId)) &&
          (!('type' in filter) || filter.type === row.type),
      );
      const page = await client.assignmentPage({ filter, include: [], offset: 0, limit: 100 });
      expect(filters(ctrlHub)).toEqual([written]);
      expect(page.assignments.map((it) => it.ctrlHubId)).toEqual(expected.map((it) => it.id));
      expect(page.total).toBe(expected.length);
    }),
  );

  it('takes ids in any case, each once, and leaves out what is no id', () =>
    onStage({}, async ({ ctrlHub, client }) => {
      const { assignments } = await client.assignments({
        filter: { userIds: [U0.toUpperCase(), '../x', "'", '%2F', U0, 'null', `${U0}\r\n`, 'é'.repeat(10_000)] },
        include: [],
      });
      expect(filters(ctrlHub)).toEqual([`user('${U0}')`]);
      expect(assignments.map((it) => it.userId)).toEqual([U0, U0, U0]);
    }));

  it.each([
    { userIds: [] },
    { roleIds: ['null', "a'),role('b", '#', 'a,b'] },
    { userIds: [U0], roleIds: ['사용자'] },
    { type: '' },
    { type: ' cover' },
  ])('that nothing can match causes no request: %j', (filter) =>
    onStage({}, async ({ ctrlHub, client }) => {
      const empty = { assignments: [], roles: [], users: [], organisations: [], total: 0, hasNext: false };
      expect(await client.assignments({ filter, include: ['role'] })).toEqual(empty);
      expect(await client.assignmentPage({ filter, include: ['role'], offset: 0, limit: 5 })).toEqual(empty);
      expect(ctrlHub.requests).toEqual([]);
    }),
  );
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
    await onStage(options, async ({ ctrlHub, client }) => {
      for (const [n, type] of odd.entries()) {
        ctrlHub.requests.length = 0;
        const page = await client.assignmentPage({ filter: { userIds: [U1], type }, include: [], offset: 0, limit: 5 });
        const ids = page.assignments.map((it) => it.ctrlHubId);
        expect({ type, ids, total: page.total }).toEqual({ type, ids: [assignmentId(2 * n + 1)], total: 1 });
        const isAsked = filters(ctrlHub).every((it) => it?.includes('type'));
        expect({ type, isAsked }).toEqual({ type, isAsked: !unsaid.some((it) => it === type) });
      }
    });
  });

  it('of 10 kB does not go into the request', () =>
    onStage({}, async ({ ctrlHub, client }) => {
      const type = '교'.repeat(3_500);
      ctrlHub.data.assignments.push({
        ...invented().assignments[0],
        id: assignmentId(77),
        userId: U0,
        roleId: R0,
        type,
        createdAt: '2025-06-01T00:00:00Z',
      });
      const page = await client.assignments({ filter: { type }, include: ['role'] });
      expect(page.assignments.map((it) => it.ctrlHubId)).toEqual([assignmentId(77)]);
      expect(page.roles.map((it) => it.ctrlHubId)).toEqual([R0]);
      expect(filters(ctrlHub)).toEqual([null]);
    }));
});

describe('a filter with many ids', () => {
  const data = () => invented({ users: 300, roles: 150, assignments: 600 });
  const ids = (count: number, id: (n: number) => string) => Array.from({ length: count }, (_, n) => id(n));

  it.each([
    [{ userIds: ids(100, userId) }, 1],
    [{ userIds: ids(300, userId) }, 3],
    [{ roleIds: ids(150, roleId), userIds: ids(10, userId) }, 2],
    [{ roleIds: ids(60, roleId), userIds: ids(60, userId) }, 4],
  ])('is split so that heads stay well under 8 KB (%#)', (filter, questions) =>
    onStage(
      { data: data(), knobs: { maxHeadBytes: 6000 }, config: { pageSize: 1000 } },
      async ({ ctrlHub, client }) => {
        const { assignments, total } = await client.assignments({
          filter: { ...filter, type: 'main_layer' },
          include: ['role', 'user', 'organisation'],
        });
        expect(ctrlHub.requests).toHaveLength(questions);
        const expected = ctrlHub.data.assignments.filter(
          (row) =>
            row.type === 'main_layer' &&
            (!('userIds' in filter) || filter.userIds.includes(row.userId)) &&
            (!('roleIds' in filter) || filter.roleIds.includes(row.roleId)),
        );
        expect(expected.length).toBeGreaterThan(0);
        expect(assignments.map((it) => it.ctrlHubId).sort()).toEqual(expected.map((it) => it.id).sort());
        expect(total).toBe(expected.length);
      },
    ),
  );

  it('gives pages of the whole', () =>
    onStage({ data: data() }, async ({ client }) => {
      const filter = { userIds: ids(300, userId) };
      const page = await client.assignmentPage({ filter, include: ['role'], offset: 590, limit: 8 });
      expect(page).toMatchObject({ total: 600, hasNext: true });
      expect(page.assignments).toHaveLength(8);
      expect(page.roles).toHaveLength(8);
    }));
});

describe('a server that ignores the filter', () => {
  it('costs requests, and neither wrong rows nor wrong totals', () =>
    onStage({ knobs: { ignoreFilter: true }, config: { pageSize: 4 } }, async ({ ctrlHub, client }) => {
      const filter = { userIds: [U1], type: 'main_layer' };
      const expected = ctrlHub.data.assignments.filter((it) => it.userId === U1 && it.type === 'main_layer');
      expect(expected).toHaveLength(2);
      const first = await client.assignmentPage({ filter, include: ['user'], offset: 0, limit: 4 });
      expect(first.assignments.map((it) => it.ctrlHubId)).toEqual(expected.map((it) => it.id));
      expect(first).toMatchObject({ total: 2, hasNext: false });
      expect(first.users.map((it) => it.ctrlHubId)).toEqual([U1]);
      expect(ctrlHub.requests).toHaveLength(3);
      expect(await client.assignments({ filter, include: ['user'], first })).toEqual(first);
      expect(ctrlHub.requests).toHaveLength(3);
      const second = await client.assignmentPage({ filter, include: [], offset: 1, limit: 2 });
      expect(second.assignments.map((it) => it.ctrlHubId)).toEqual([expected[1]?.id]);
      expect(second).toMatchObject({ total: 2, hasNext: false });
    }));
});
