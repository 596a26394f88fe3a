import { describe, expect, it } from 'vitest';
import { filters, invented, jobRole, onStage, organisationId, roleId, targets } from './ctrl-hub-fixture.ts';

const idsOf = (rows: readonly { ctrlHubId: string }[]) => rows.map((it) => it.ctrlHubId).sort();

/** Ninety assignments of role 0, then one each of roles 1 and 2. */
function lopsided() {
  const data = invented({ users: 1, roles: 3, assignments: 92 });
  data.assignments = data.assignments.map((row, n) => ({ ...row, roleId: roleId(Math.max(0, n - 89)) }));
  return data;
}

describe('job roles by id', () => {
  it('come from one page of their assignments when that shows them all', () =>
    onStage({}, async ({ ctrlHub, client }) => {
      const page = await client.rolesById([roleId(2).toUpperCase(), roleId(0), roleId(2)], ['organisation']);
      expect(idsOf(page.roles)).toEqual([roleId(0), roleId(2)]);
      expect(idsOf(page.organisations)).toEqual([organisationId(1)]);
      expect(targets(ctrlHub)).toHaveLength(1);
      expect(targets(ctrlHub)[0]).toContain('include=organisation,role&filter=role(');
    }));

  it('are asked for alone once the others were seen', () =>
    onStage({ data: lopsided(), config: { pageSize: 10 } }, async ({ ctrlHub, client }) => {
      const page = await client.rolesById([0, 1, 2].map(roleId), []);
      expect(idsOf(page.roles)).toEqual([0, 1, 2].map(roleId));
      expect(page).toMatchObject({ total: null, hasNext: true });
      expect(page.assignments).toHaveLength(12);
      expect(filters(ctrlHub)).toEqual([
        `role('${roleId(0)}','${roleId(1)}','${roleId(2)}')`,
        `role('${roleId(1)}','${roleId(2)}')`,
      ]);
    }));

  it('that nobody holds, or that are no ids, are absent', () =>
    onStage({}, async ({ ctrlHub, client }) => {
      expect(await client.rolesById(['crane', "'", ''], [])).toMatchObject({ roles: [], total: 0, hasNext: false });
      expect(ctrlHub.requests).toEqual([]);
      expect((await client.rolesById([roleId(0xabc), roleId(1)], [])).roles.map((it) => it.ctrlHubId)).toEqual([
        roleId(1),
      ]);
      expect(ctrlHub.requests).toHaveLength(1);
    }));

  it('that are not included, although linked, are absent and not asked for again', () =>
    onStage(
      { data: lopsided(), config: { pageSize: 10 }, knobs: { omitIncluded: (_, id) => id === roleId(0) } },
      async ({ ctrlHub, client }) => {
        expect(idsOf((await client.rolesById([roleId(0), roleId(1)], [])).roles)).toEqual([roleId(1)]);
        expect(ctrlHub.requests).toHaveLength(2);
      },
    ));

  it('are found where the server ignores the filter', () =>
    onStage({ data: lopsided(), config: { pageSize: 50 }, knobs: { ignoreFilter: true } }, async ({ client }) => {
      const page = await client.rolesById([roleId(2)], []);
      expect(idsOf(page.roles)).toEqual([roleId(2)]);
      expect(page).toMatchObject({ total: 1, hasNext: false });
    }));

  it('are found beyond what one request can ask for', () =>
    onStage({ data: invented({ users: 2, roles: 130, assignments: 130 }) }, async ({ ctrlHub, client }) => {
      const ids = Array.from({ length: 130 }, (_, n) => roleId(n));
      expect(idsOf((await client.rolesById(ids, [])).roles)).toEqual(ids);
      expect(ctrlHub.requests).toHaveLength(3);
    }));
});

describe('a job role', () => {
  it('reads the newer shape, which has neither a type nor qualifications', () =>
    onStage({ knobs: { newerJobRoleShape: true, deletedAt: 'absent' } }, async ({ client }) => {
      const { roles } = await client.rolesById([roleId(1)], ['organisation']);
      expect(roles).toEqual([
        {
          ctrlHubId: roleId(1),
          name: 'Role 1',
          description: 'Does the work of role 1',
          type: null,
          requiredQualifications: [],
          optionalQualifications: [],
          organisationId: organisationId(1),
          createdAt: '2024-02-01T09:00:00Z',
          updatedAt: '2024-03-01T09:00:00.123456789Z',
          deletedAt: null,
        },
      ]);
    }));

  it('may have no organisation, no description, and be deleted', async () => {
    const data = invented({ users: 1, roles: 1, assignments: 1 });
    const deletedAt = '2025-05-05T05:05:05Z';
    data.jobRoles = [jobRole(0, { organisationId: null, description: ' ', required: [' ', ' A '], deletedAt })];
    await onStage({ data }, async ({ client }) => {
      const { roles, organisations } = await client.rolesById([roleId(0)], ['organisation']);
      expect(roles).toMatchObject([
        { organisationId: null, description: null, requiredQualifications: ['A'], deletedAt },
      ]);
      expect(organisations).toEqual([]);
    });
  });

  it('keeps the id of an organisation that is not included', () =>
    onStage({ knobs: { omitIncluded: (type) => type === 'organisations' } }, async ({ client }) => {
      const { roles, organisations } = await client.rolesById([roleId(0)], ['organisation']);
      expect(roles.map((it) => it.organisationId)).toEqual([organisationId(1)]);
      expect(organisations).toEqual([]);
    }));
});
