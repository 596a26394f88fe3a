import { describe, expect, it } from 'vitest';
import { assignmentId, invented, jobRole, onStage, organisationId, targets, userId } from './ctrl-hub-fixture.ts';

const pageSize = 100;
const assignments = 1_500;

/** The last assignments are held in a role of the sister organisation. */
function withSisterAtTheEnd() {
  const data = invented({ users: 50, roles: 3, assignments });
  const sisters = jobRole(3, { organisationId: organisationId(2) });
  for (const row of data.assignments.slice(-150)) row.roleId = sisters.id;
  return { ...data, jobRoles: [...data.jobRoles, sisters] };
}

const includesAt = (requests: readonly string[]): [number, string][] =>
  requests
    .map((it) => new URL(it, 'http://ctrl-hub.example').searchParams)
    .map((it): [number, string] => [Number(it.get('offset')), it.get('include') ?? ''])
    .sort(([a], [b]) => a - b);

describe('organisations, of which every page would repeat all members', () => {
  it('are asked for with the first thousand assignments, and with a later page that leads to another one', () =>
    onStage({ data: withSisterAtTheEnd(), config: { pageSize } }, async ({ ctrlHub, client }) => {
      const list = await client.assignments();
      expect(list.rows).toHaveLength(assignments);
      expect(list.rows.at(-1)).toMatchObject({ ctrlHubId: assignmentId(assignments - 1), userId: userId(49) });
      expect(list.organisations.map((it) => it.ctrlHubId)).toEqual([1, 2].map(organisationId));
      const asked = includesAt(targets(ctrlHub));
      const first = Array.from({ length: 10 }, (_, page) => [page * pageSize, 'organisation,role,user']);
      expect(asked.slice(0, 10)).toEqual(first);
      const later = asked.slice(10).filter(([, include]) => include === 'role,user');
      expect(later).toEqual(Array.from({ length: 5 }, (_, page) => [1_000 + page * pageSize, 'role,user']));
      // Two pages lead there: the second asks again only where the first had not been answered yet.
      const again = asked.slice(10).filter(([, include]) => include === 'organisation,role,user');
      expect(again.length).toBeGreaterThanOrEqual(1);
      expect(again.every(([offset]) => offset >= 1_300)).toBe(true);
    }));

  it('are not asked for again where a page did not include one: it may not be seen', () =>
    onStage(
      {
        data: invented({ users: 50, roles: 3, assignments }),
        knobs: { omitIncluded: (type) => type === 'organisations' },
        config: { pageSize },
      },
      async ({ ctrlHub, client }) => {
        const list = await client.assignments();
        expect(list.organisations).toEqual([]);
        expect(list.roles.map((it) => it.organisationId)).toEqual([1, 1, 1].map(organisationId));
        expect(targets(ctrlHub)).toHaveLength(assignments / pageSize);
      },
    ));
});
