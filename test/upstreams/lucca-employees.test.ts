import { describe, expect, it } from 'vitest';
import { againstServer, crowd, withLucca } from './lucca-fixture.ts';
import { whole } from './whole-lists.ts';

describe('The list of employees', () => {
  it('sends the token, the version and the codings that it understands', () =>
    withLucca({}, async ({ client, received }) => {
      await client.employees();
      expect(received[0]?.headers).toMatchObject({
        authorization: expect.stringMatching(/^Bearer \S+$/),
        'api-version': '2024-11-01',
        accept: 'application/json',
        'accept-encoding': 'gzip, br',
      });
    }));

  it('brings employees in our terms, with what is embedded', () =>
    withLucca({}, async ({ client, targets }) => {
      const [first, ...others] = await client.employees();
      expect(first).toEqual({
        luccaId: '1001',
        remoteId: 'R-1',
        givenName: 'Inês',
        familyName: 'Ferreira-Costa',
        email: 'ines@ondo.example',
        employeeNumber: null,
        birthday: null,
        status: 'ACTIVE',
        createdAt: '2024-01-15T08:00:00.1234Z',
        jobPosition: { id: '3001', value: { luccaId: '3001', jobTitle: 'Title of 3001', jobQualificationId: '41' } },
        employment: { id: '2001', value: { luccaId: '2001', startsOn: '2024-01-01' } },
      });
      expect(others.map((it) => it.status)).toEqual(['UPCOMING', 'DEACTIVATED', 'ACTIVE', 'DEACTIVATED']);
      expect(others[3]).toMatchObject({ jobPosition: null, employment: null });
      expect(targets()).toHaveLength(1);
    }));

  it.each(['partial', 'gaps', 'missing'] as const)('is the same with embeds that are %s', (embeds) =>
    withLucca({}, async ({ client, lucca, targets }) => {
      const before = await client.employees();
      lucca.knobs.embeds = embeds;
      expect(await client.employees()).toEqual(before);
      expect(targets().slice(2)).toEqual([
        expect.stringMatching(/^\/lucca-api\/job-positions\?id=3001,[\d,]+&limit=100&include=links$/),
        expect.stringMatching(/^\/lucca-api\/employments\?id=2001,[\d,]+&limit=100&include=links$/),
      ]);
    }),
  );

  it.each(['null', 'absent'] as const)('is the same where optional keys are %s', (optionalKeys) =>
    withLucca({}, async ({ client, lucca }) => {
      const before = [await client.employees(), await client.jobQualifications(), await client.professions()];
      Object.assign(lucca.knobs, { optionalKeys, unaskedIncludes: 'null', nullLinks: true, unknownMembers: true });
      expect([await client.employees(), await client.jobQualifications(), await client.professions()]).toEqual(before);
    }),
  );

  it('is good without what is embedded where that cannot be read, and says why', () =>
    withLucca({ knobs: { embeds: 'missing' } }, async ({ lists, lucca }) => {
      lucca.inject({ matches: (it) => it.path.endsWith('/job-positions'), times: 9, reply: { status: 403 } });
      const { rows, relatedFailure } = await whole(lists.employees(null));
      expect(rows[0]).toMatchObject({ jobPosition: { id: '3001', value: null } });
      expect(relatedFailure).toMatchObject({ code: 'UPSTREAM_AUTH_FAILED', status: 403 });
    }));

  it('tells how far it has come', () =>
    withLucca({ data: crowd(230) }, async ({ lists }) => {
      const told: [number, number | null][] = [];
      await lists.employees(null).attempt((...progress) => void told.push(progress));
      expect(told).toEqual([
        [100, 230],
        [200, 230],
        [230, 230],
      ]);
    }));

  it('asks for a hundred of what was not embedded at a time', async () => {
    const items = Array.from({ length: 230 }, (_, index) => ({
      id: String(100_001 + index),
      applicableEmployment: { id: String(200_001 + index) },
    }));
    const { requests } = await againstServer(
      ({ path, query }) => {
        const ids = query.get('id')?.split(',') ?? [];
        const found = path.endsWith('/employees') ? items : ids.map((id) => ({ id, start: { date: '2024-01-01' } }));
        return { status: 200, body: { items: found } };
      },
      (client) => client.employees(),
    );
    const counts = requests.slice(1).map((it) => it.query.get('id')?.split(',').length);
    expect(counts.sort()).toEqual([100, 100, 30]);
  });
});
