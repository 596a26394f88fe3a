import { describe, expect, it } from 'vitest';
import { failureOf, withLucca } from './lucca-fixture.ts';
import type { LuccaRows } from './whole-lists.ts';

const fifty = (client: LuccaRows) => Promise.all(Array.from({ length: 50 }, () => client.jobQualifications()));

describe('The access token of a client', () => {
  it('is asked for with the client credentials in a form body', () =>
    withLucca({}, async ({ client, lucca }) => {
      await client.professions();
      expect(lucca.requests.map((it) => `${it.method} ${it.target}`)).toEqual([
        'POST /connect/token',
        'GET /lucca-api/professions?limit=100&include=totalCount,links',
      ]);
      expect(Object.fromEntries(new URLSearchParams(lucca.requests[0]?.body))).toEqual({
        grant_type: 'client_credentials',
        client_id: 'sandbox-lucca-client',
        client_secret: 'sandbox-lucca-secret',
        scope: 'employees.readonly employments.readonly job-positions.readonly job-qualifications.readonly',
      });
    }));

  it('is shared by fifty concurrent calls', () =>
    withLucca({}, async ({ client, lucca, received }) => {
      await fifty(client);
      expect(received).toHaveLength(50);
      expect(lucca.tokensIssued).toBe(1);
    }));

  it('is renewed once for fifty concurrent calls that are refused, and each of them is repeated', () =>
    withLucca({ latencyMs: 5 }, async ({ client, lucca }) => {
      await client.professions();
      lucca.expireTokens();
      await fifty(client);
      expect(lucca.tokensIssued).toBe(2);
    }));

  it('is renewed once for a call, and the second refusal is an error', () =>
    withLucca({}, async ({ client, lucca, monitor, received }) => {
      lucca.inject({
        matches: (it) => it.method === 'GET',
        times: 2,
        reply: { status: 401, body: { title: 'Unauthorized' } },
      });
      const error = await failureOf(client.professions());
      expect(error).toMatchObject({ code: 'UPSTREAM_AUTH_FAILED', status: 401, isTransient: false });
      expect(error.message).toContain('Unauthorized');
      expect(received).toHaveLength(2);
      expect(received[0]?.headers.authorization).not.toBe(received[1]?.headers.authorization);
      expect(monitor).toMatchObject({ requests: 2, health: 'DOWN' });
      // Once its pause is over.
      await expect.poll(() => client.professions(), { timeout: 30_000 }).toHaveLength(2);
      expect(monitor.health).toBe('UP');
    }));

  it('counts as nothing against the allowance, and a renewal as no failure', () =>
    withLucca({}, async ({ client, lucca, monitor }) => {
      await client.professions();
      lucca.expireTokens();
      await client.professions();
      expect(monitor).toMatchObject({ requests: 3, lastError: null, health: 'UP' });
    }));

  it('never goes into an error message', () =>
    withLucca({ config: { clientSecret: 'not-the-secret' } }, async ({ client, monitor }) => {
      const { message } = await failureOf(client.professions());
      expect(`${message} ${monitor.lastError}`).not.toMatch(
        /not-the-secret|sandbox-lucca|job-qualifications\.readonly/,
      );
    }));
});

describe('A token endpoint that refuses', () => {
  it.each([400, 401] as const)(
    'fails all calls with what to check, and is asked once (HTTP %d)',
    (invalidClientStatus) =>
      withLucca(
        { config: { clientSecret: 'wrong' }, knobs: { invalidClientStatus } },
        async ({ client, lucca, monitor }) => {
          const errors = await Promise.all(Array.from({ length: 50 }, () => failureOf(client.professions())));
          for (const { code, status, message } of errors) {
            expect({ code, status }).toEqual({ code: 'UPSTREAM_AUTH_FAILED', status: invalidClientStatus });
            expect(message).toMatch(/invalid_client.*LUCCA_CLIENT_SECRET/);
          }
          expect(await failureOf(client.jobQualifications())).toMatchObject({ code: 'UPSTREAM_AUTH_FAILED' });
          expect(lucca.requests).toHaveLength(1);
          expect(monitor).toMatchObject({ requests: 0, lastError: expect.stringContaining('invalid_client') });
        },
      ),
  );

  it('names a scope that the client was not granted', () =>
    withLucca({ config: { scopes: 'leaves.readonly' } }, async ({ client }) => {
      expect((await failureOf(client.professions())).message).toMatch(/invalid_scope.*LUCCA_SCOPES/);
    }));
});
