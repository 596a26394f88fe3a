import { describe, expect, it } from 'vitest';
import { UpstreamMonitor } from '../../src/http/monitor.ts';
import { defaultNetwork } from '../../src/http/network.ts';
import type { Remark } from '../../src/http/remark.ts';
import { type LuccaEmulator, sandboxLuccaClient, startLuccaEmulator } from '../../src/sandbox/lucca/lucca-emulator.ts';
import { type ClientCredentials, createAccessTokens } from '../../src/upstreams/lucca/access-tokens.ts';
import { configOf, crowd, failureOf, withLucca } from './lucca-fixture.ts';

const { scopes: allScopes } = sandboxLuccaClient;
const qualifications = { subject: 'The list of professions', scope: 'job-qualifications.readonly' };
const people = { subject: 'The list of employees', scope: 'employees.readonly' };

const lacking = (...scopes: string[]) => ({
  [sandboxLuccaClient.id]: { ...sandboxLuccaClient, scopes: allScopes.filter((it) => !scopes.includes(it)) },
});

type Stage = {
  lucca: LuccaEmulator;
  tokens: ReturnType<typeof createAccessTokens>;
  monitor: UpstreamMonitor;
  remarks: Remark[];
  clients: ReturnType<typeof lacking>;
  /** The scopes of each token request since it was last called. */
  asked(): string[];
  passSeconds(seconds: number): void;
};

async function withTokens(
  { missing, ...credentials }: { missing: string[] } & Partial<ClientCredentials>,
  play: (stage: Stage) => Promise<void>,
): Promise<void> {
  const clients = lacking(...missing);
  const lucca = await startLuccaEmulator({ data: crowd(3), rateLimit: null, clients });
  const monitor = new UpstreamMonitor();
  const remarks: Remark[] = [];
  let now = 0;
  const network = { ...defaultNetwork, onRemark: (remark: Remark) => void remarks.push(remark) };
  const tokens = createAccessTokens(
    { ...configOf(lucca), mayLackScopes: true, network, ...credentials },
    monitor,
    () => now,
  );
  try {
    await play({
      ...{ lucca, tokens, monitor, remarks, clients },
      asked: () => lucca.requests.splice(0).map(({ body }) => new URLSearchParams(body).get('scope') ?? ''),
      passSeconds: (seconds) => {
        now += seconds * 1000;
      },
    });
  } finally {
    await tokens.close();
    await lucca.close();
  }
}

describe('A scope that Lucca does not grant', () => {
  it('fails what needs it, with its name, and nothing else', () =>
    withTokens({ missing: [qualifications.scope] }, async ({ tokens, asked, monitor, remarks }) => {
      expect(await tokens.current(people)).toMatch(/./);
      const granted = allScopes.filter((it) => it !== qualifications.scope).join(' ');
      expect(asked()).toEqual([allScopes.join(' '), ...allScopes, granted]);
      expect(await failureOf(tokens.current(qualifications))).toMatchObject({
        code: 'UPSTREAM_AUTH_FAILED',
        message:
          'The list of professions: Lucca does not grant the scope job-qualifications.readonly to this API client. ' +
          'Grant it in Lucca (integration keys).',
        summary: 'has not granted us job-qualifications.readonly',
        retryAfterSeconds: 300,
        isUnsent: true,
      });
      expect(asked()).toEqual([]);
      expect(remarks).toEqual([
        { upstream: 'LUCCA', kind: 'scopes', message: expect.stringContaining(qualifications.scope) },
      ]);
      expect(monitor.lastError).toContain(qualifications.scope);
    }));

  it('is remembered when the token is renewed, and asked for again by a list that needs it, five minutes later', () =>
    withTokens({ missing: [qualifications.scope, 'employments.readonly'] }, async (stage) => {
      const { tokens, asked, passSeconds, clients, remarks } = stage;
      await tokens.current(people);
      asked();
      passSeconds(299);
      await failureOf(tokens.current(qualifications));
      expect(asked()).toEqual([]);
      passSeconds(2);
      await tokens.current(people);
      expect(asked()).toEqual([]);
      const granted = 'employees.readonly job-positions.readonly';
      expect(await failureOf(tokens.current(qualifications))).toMatchObject({ retryAfterSeconds: 300 });
      expect(asked()).toEqual(['employments.readonly', 'job-qualifications.readonly', granted]);
      expect(remarks).toHaveLength(1);

      Object.assign(clients[sandboxLuccaClient.id] ?? {}, { scopes: allScopes });
      passSeconds(301);
      expect(await tokens.current(qualifications)).toMatch(/./);
      expect(asked()).toEqual(['employments.readonly', 'job-qualifications.readonly', allScopes.join(' ')]);
    }));

  it('is found out when it is taken away', () =>
    withTokens({ missing: [] }, async ({ tokens, asked, passSeconds, clients, remarks }) => {
      await tokens.current(qualifications);
      Object.assign(clients[sandboxLuccaClient.id] ?? {}, lacking(qualifications.scope)[sandboxLuccaClient.id]);
      passSeconds(1_800);
      asked();
      await failureOf(tokens.current(qualifications));
      expect(asked()).toHaveLength(6);
      expect(remarks).toHaveLength(1);
    }));

  it('is not tried by itself where LUCCA_SCOPES names it', () =>
    withTokens({ missing: [qualifications.scope], mayLackScopes: false }, async ({ tokens, asked }) => {
      expect((await failureOf(tokens.current(people))).message).toMatch(/invalid_scope.*LUCCA_SCOPES/);
      expect(asked()).toEqual([allScopes.join(' ')]);
    }));

  it('fails everything where no scope is granted', () =>
    withTokens({ missing: allScopes }, async ({ tokens, asked }) => {
      expect((await failureOf(tokens.current(people))).message).toMatch(/invalid_scope/);
      expect(asked()).toHaveLength(1 + allScopes.length);
      await failureOf(tokens.current(people));
      expect(asked()).toEqual([]);
    }));

  it('leaves employees whole but for what needs it', () =>
    withLucca(
      { clients: lacking('employments.readonly', 'job-positions.readonly'), config: { mayLackScopes: true } },
      async ({ client, lists }) => {
        expect(await client.jobQualifications()).toHaveLength(2);
        const { rows, relatedFailure } = await lists.employees(null).attempt(() => undefined);
        expect(rows).toHaveLength(5);
        expect(relatedFailure?.message ?? '').toMatch(
          /^$|does not grant the scope (employments|job-positions)\.readonly/,
        );
      },
    ));
});
