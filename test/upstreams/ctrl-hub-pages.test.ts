import { describe, expect, it } from 'vitest';
import { assignmentId, onStage, roleId, userId } from './ctrl-hub-fixture.ts';

const row = (n: number) => ({
  id: assignmentId(n),
  type: 'job-role-assignments',
  relationships: {
    user: { data: { id: userId(n), type: 'users' } },
    role: { data: { id: roleId(n), type: 'job-roles' } },
  },
});

describe('a walk over pages', () => {
  const page = (rows: number[], pagination?: unknown) => ({ data: rows.map(row), meta: { pagination } });
  const walk = (pages: unknown[], pageSize = 2) =>
    onStage({ config: { pageSize } }, async ({ ctrlHub, client }) => {
      for (const body of pages) ctrlHub.inject({ reply: { status: 200, body } });
      ctrlHub.inject({ reply: { status: 200, body: { data: [] } }, times: 99 });
      const outcome = await client.assignments().then(
        ({ rows }) => rows.length,
        (error) => error.message,
      );
      return { outcome, requests: ctrlHub.requests.length };
    });

  it.each([
    ['all is told', page([1, 2], { counts: { resources: 3 }, offsets: { next: 2 } }), page([3]), 2],
    ['only the count is told', page([1, 2], { counts: { resources: 3 } }), page([3]), 2],
    ['counts are digits', page([1, 2], { counts: { resources: '3' }, offsets: { next: '2' } }), page([3]), 2],
    ['only the next offset is told', page([1, 2], { offsets: { next: 2 } }), page([3], { offsets: { next: null } }), 2],
    ['the next offset is a page number', page([1, 2], { offsets: { next: 1 } }), page([3]), 3],
    ['the count covers the page only', page([1, 2], { counts: { resources: 2 } }), page([3]), 3],
    ['nothing is told', page([1, 2]), page([3]), 3],
    ['all members are null', page([1, 2], { counts: null, offsets: null }), page([3]), 3],
    ['pagination is null', page([1, 2], null), page([3]), 3],
    ['counts are no numbers', page([1, 2], { counts: { resources: 'many' }, offsets: 'none' }), page([3]), 3],
  ])('finds every row where %s', async (_, first, second, requests) => {
    expect(await walk([first, second])).toEqual({ outcome: 3, requests });
  });

  it.each([
    ['the last page is told', page([1], { counts: { resources: 1 }, offsets: { next: null } }), 1, 1],
    ['the next offset is null', page([1, 2], { offsets: { next: null } }), 2, 2],
    ['more came than was asked for', page([1, 2, 3]), 3, 1],
    ['an empty page is all there is', page([]), 0, 1],
  ])('ends where %s', async (_, only, outcome, requests) => {
    expect(await walk([only])).toEqual({ outcome, requests });
  });

  it('asks once more after a full page that equals the count, and believes an empty one', async () => {
    expect(await walk([page([1, 2], { counts: { resources: 2 } })])).toEqual({ outcome: 2, requests: 2 });
  });

  it('reads a list that ends before its count once more, and then fails with both numbers', async () => {
    const short = page([1, 2], { counts: { resources: 5 } });
    const { outcome, requests } = await walk([short, page([]), page([]), short]);
    expect(outcome).toBe('the assignment list ends after 2 of 5 rows, twice in a row.');
    expect(requests).toBe(6);
  });

  it('is whole where the second reading is', async () => {
    const first = page([1, 2], { counts: { resources: 3 } });
    expect(await walk([first, page([]), first, page([3])])).toEqual({ outcome: 3, requests: 4 });
  });

  it.each([2, 100])('ends a list that is not paged at all (page size %i)', (pageSize) =>
    onStage({ config: { pageSize } }, async ({ ctrlHub, client }) => {
      const data = [1, 2, 3].map((n) => ({ id: userId(n), type: 'users' }));
      ctrlHub.inject({ times: 9, reply: { status: 200, body: { data } } });
      expect((await client.members()).map((it) => it.ctrlHubId)).toEqual([1, 2, 3].map(userId));
    }),
  );

  it.each([undefined, { counts: { resources: 9 } }, { offsets: { next: 2 } }])(
    'fails where the offset is ignored: %j',
    async (pagination) => {
      const { outcome } = await walk(Array.from({ length: 20 }, () => page([1, 2], pagination)));
      expect(outcome).toContain('repeats rows of earlier pages only');
    },
  );
});
