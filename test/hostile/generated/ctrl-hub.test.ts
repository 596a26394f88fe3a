import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UpstreamMonitor } from '../../../src/http/monitor.ts';
import type { EmulatorRequest, Reply } from '../../../src/sandbox/emulator.ts';
import { startEmulator } from '../../../src/sandbox/emulator.ts';
import { createCtrlHubClient } from '../../../src/upstreams/ctrl-hub/client.ts';
import { ctrlHubRows } from '../../upstreams/whole-lists.ts';
import {
  type AssignmentResource,
  assignmentResource,
  type JobRoleResource,
  jobRoleResource,
  metaOf,
  type OrganisationResource,
  organisationResource,
  type UserResource,
  userResource,
} from './ctrl-hub.ts';
import { listOf, rowsPerList, runs, textOf, timeoutMs, uuid } from './values.ts';

describe('of any list that JSON:API and Ctrl Hub’s pages allow, no resource is lost or misread', {
  timeout: timeoutMs,
}, () => {
  it('members', async () => {
    const members = fc
      .uniqueArray(uuid, rowsPerList)
      .chain((ids) => fc.tuple(fc.tuple(...ids.map(userResource)), metaOf(ids.length)));
    await fc.assert(
      fc.asyncProperty(members, async ([data, meta]) => {
        const answer = await askOf({ data, meta }, (client) => client.members());
        expect(answer).toEqual(data.map(expectedUser));
      }),
      runs,
    );
  });

  it('assignments, with the resources that they lead to', async () => {
    const ids = fc.uniqueArray(uuid, { minLength: 12, maxLength: 12 });
    const document = ids.chain((all) => {
      const [userIds, roleIds, organisationIds] = [all.slice(0, 6), all.slice(6, 10), all.slice(10)];
      return fc.record({
        data: listOf(assignmentResource(userIds, roleIds), (it) => it.id),
        users: fc.tuple(...userIds.map(userResource)),
        roles: fc.tuple(...roleIds.map((id, n) => jobRoleResource(id, organisationIds[n % 2] ?? id))),
        organisations: fc.tuple(...organisationIds.map(organisationResource)),
        left: fc.nat(11),
      });
    });
    await fc.assert(
      fc.asyncProperty(document, fc.infiniteStream(fc.nat(99)), async (drawn, numbers) => {
        const { data, users, roles, organisations, left } = drawn;
        // In any order, and one of them may not be seen.
        const all = [...users, ...roles, ...organisations].filter((_, index) => index !== left);
        const included = all
          .map((it) => ({ it, at: numbers.next().value }))
          .sort((a, b) => a.at - b.at)
          .map(({ it }) => it);
        const list = await askOf({ data, included, jsonapi: { version: '1.0' } }, (client) => client.assignments());
        expect(list.skipped).toEqual([]);
        expect(list.rows).toEqual(data.map(expectedAssignment));
        const linked = (type: string) =>
          new Set(data.map((it) => it.relationships[type === 'users' ? 'user' : 'role'].data.id));
        const shown = <R extends { id: string }>(rows: readonly R[], is: (row: R) => boolean) =>
          rows.filter((row) => all.some((it) => it.id === row.id) && is(row));
        const shownRoles = shown(roles, (it) => linked('job-roles').has(it.id));
        const organisationIds = new Set(shownRoles.map((it) => organisationOf(it)));
        expect(byId(list.users)).toEqual(byId(shown(users, (it) => linked('users').has(it.id)).map(expectedUser)));
        expect(byId(list.roles)).toEqual(byId(shownRoles.map(expectedRole)));
        expect(byId(list.organisations)).toEqual(
          byId(shown(organisations, (it) => organisationIds.has(it.id)).map(expectedOrganisation)),
        );
      }),
      runs,
    );
  });
});

const expectedAssignment = ({ id, meta, relationships }: AssignmentResource) => ({
  ctrlHubId: id,
  type: textOf(meta?.type),
  createdAt: meta?.created_at ?? null,
  userId: relationships.user.data.id,
  roleId: relationships.role.data.id,
});

const expectedUser = ({ id, attributes }: UserResource) => ({
  ctrlHubId: id,
  email: textOf(attributes?.email),
  firstName: textOf(attributes?.profile?.personal?.first_name),
  lastName: textOf(attributes?.profile?.personal?.last_name),
});

function expectedRole(role: JobRoleResource) {
  const { id, attributes, meta } = role;
  const older = attributes !== undefined && 'qualifications' in attributes ? attributes.qualifications : undefined;
  return {
    ctrlHubId: id,
    name: attributes?.name ?? '',
    description: textOf(attributes?.description),
    type: attributes !== undefined && 'job_role_type' in attributes ? (attributes.job_role_type ?? null) : null,
    requiredQualifications: older?.required ?? [],
    optionalQualifications: older?.optional ?? [],
    organisationId: organisationOf(role),
    createdAt: meta?.created_at ?? null,
    updatedAt: meta?.updated_at ?? null,
    deletedAt: meta?.deleted_at ?? null,
  };
}

const organisationOf = ({ relationships }: JobRoleResource): string | null => {
  const organisation = relationships?.organisation;
  return organisation !== undefined && 'data' in organisation ? (organisation.data?.id ?? null) : null;
};

const expectedOrganisation = ({ id, attributes }: OrganisationResource) => ({
  ctrlHubId: id,
  name: attributes?.name ?? '',
  slug: attributes?.slug ?? null,
});

const byId = <Row extends { ctrlHubId: string }>(rows: readonly Row[]): readonly Row[] =>
  rows.toSorted((a, b) => (a.ctrlHubId < b.ctrlHubId ? -1 : 1));

/** The list that has the document for its first page, after which there are no rows. */
async function askOf<T>(document: object, ask: (client: ReturnType<typeof ctrlHubRows>) => Promise<T>): Promise<T> {
  const answer = ({ query }: EmulatorRequest): Reply => ({
    status: 200,
    headers: { 'content-type': 'application/vnd.api+json' },
    body: query.get('offset') === '0' ? document : { data: [] },
  });
  const server = await startEmulator(answer);
  const client = createCtrlHubClient(
    { baseUrl: server.origin, sessionToken: 't', organisationId: 'o', pageSize: 100, filterDialect: 'named' },
    new UpstreamMonitor(),
  );
  try {
    return await ask(ctrlHubRows(client));
  } finally {
    await client.close();
    await server.close();
  }
}
