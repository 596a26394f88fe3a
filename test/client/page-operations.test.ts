import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHrGraphClient } from '../../src/client/client.ts';
import type { Sdk } from '../../src/client/generated/sdk.ts';
import { startGraph, type TestGraph } from '../helpers/graph.ts';

let graph: TestGraph;
let client: Sdk;

beforeAll(async () => {
  graph = await startGraph();
  client = createHrGraphClient({ url: graph.url });
});
afterAll(() => graph.stop());

describe('the operations of the typed client that pages are made of', () => {
  it('reads people with what three systems hold of them, and by what they can be filtered', async () => {
    const choices = (await client.filterChoices({ locale: 'en-US' })).data;
    const [grades, positions] = [choices.grades?.nodes ?? [], choices.positions?.nodes ?? []];
    const role = choices.jobRoles?.nodes.find((it) => it.name === 'Crane Operator');
    const gradeKeys = grades.filter((it) => it.name === 'Manager').map((it) => it.externalKey);
    const filter = { gradeKeys, jobRoleIds: [role?.id ?? ''] };
    const { data } = await client.peopleWithRoles({ filter, first: 100, locale: 'en-US', assignments: 9 });
    const mina = data.employees?.nodes.find((it) => it.displayName === 'Mina Han');
    expect(mina?.grade?.name).toBe('Manager');
    expect(positions.map((it) => it.name)).toContain(mina?.position?.name);
    expect(mina?.jobRoleAssignments?.nodes.map((it) => it.role?.id)).toContain(role?.id);
    expect(choices.professions?.nodes.length).toBeGreaterThan(0);
  });

  it('reads whom some systems do not know, and who they are in each', async () => {
    const { data } = await client.unlinkedPeople({ missingFrom: 'NAVER', first: 3 });
    const [person] = data.unlinkedPeople?.nodes ?? [];
    expect(person?.identities?.map((it) => it.upstream)).not.toContain('NAVER');
    const { employee } = (await client.personDetails({ id: person?.id ?? '' })).data;
    expect([...(employee?.inLucca ?? []), ...(employee?.inCtrlHub ?? [])]).toEqual(person?.identities);
    expect(employee?.inNaver).toEqual([]);
  });

  it('renames a grade, unless somebody else has changed it', async () => {
    const { grades } = (await client.gradesToEdit({ locale: 'en-US' })).data;
    const grade = grades?.nodes.find((it) => it.plainName === '부장');
    expect(grade?.name).toBe('General Manager');
    const { externalKey = '', version = '' } = grade ?? {};
    const input = { externalKey, expectedVersion: version, name: 'Head' };
    const results = [await client.updateGrade({ input }), await client.updateGrade({ input })];
    expect(results.map(({ data }) => data.updateGrade.__typename)).toEqual([
      'UpdateGradeSuccess',
      'VersionConflictError',
    ]);
  });
});
