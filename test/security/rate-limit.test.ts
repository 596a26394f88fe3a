import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type GuardedGraph, honest, startGuarded } from './guarded-graph.ts';
import {
  bearer,
  type Issuer,
  newSigningKey,
  type SigningKey,
  startIssuer,
  tokenAudience,
  tokenIssuer,
  tokenOf,
} from './issuer.ts';

const count = 10;
const seconds = 2;

let key: SigningKey;
let issuer: Issuer;
let graph: GuardedGraph;
let env: Record<string, string>;
beforeAll(async () => {
  key = await newSigningKey('ec-1');
  issuer = await startIssuer([key]);
  env = { AUTH_MODE: 'jwt', AUTH_JWKS_URL: issuer.url, AUTH_ISSUER: tokenIssuer, AUTH_AUDIENCE: tokenAudience };
  graph = await startGuarded({ env: { ...env, RATE_LIMIT_PER_CALLER: `${count}/${seconds}` } });
});
afterAll(async () => {
  await graph.stop();
  await issuer.stop();
});

describe('a caller of one of several replicas without Redis', () => {
  it('gets the share of one replica', async () => {
    const apart = await startGuarded({ env: { ...env, REPLICAS: '5', RATE_LIMIT_PER_CALLER: '10/600' } });
    try {
      const caller = bearer(await tokenOf(key, { sub: 'several', scope: 'employees.readonly' }));
      const replies = await Promise.all(Array.from({ length: 5 }, () => apart.ask(honest, undefined, caller)));
      expect(replies.filter((it) => it.status === 200)).toHaveLength(2);
      expect(replies.filter((it) => it.status === 429)).toHaveLength(3);
    } finally {
      await apart.stop();
    }
  });
});

describe('a caller who asks too often', () => {
  it('gets 429 with the time to wait, costs nobody else anything, and is answered again after it', async () => {
    const [keen, calm] = await Promise.all(
      ['keen', 'calm'].map(async (sub) => bearer(await tokenOf(key, { sub, scope: 'employees.readonly' }))),
    );
    const burst = await Promise.all(Array.from({ length: 3 * count }, () => graph.ask(honest, undefined, keen)));
    const refused = burst.filter((it) => it.status === 429);
    expect(refused).toHaveLength(2 * count);
    expect(burst.filter((it) => it.status === 200)).toHaveLength(count);
    process.stdout.write(`refused in ${refused[0]?.milliseconds.toFixed(1)} ms: one request too many\n`);
    expect(refused[0]?.json).toEqual({
      errors: [
        {
          message: `This caller may send at most ${count} requests in ${seconds} seconds.`,
          extensions: { code: 'RATE_LIMITED', retryAfterSeconds: expect.any(Number) },
        },
      ],
    });

    expect((await graph.ask(honest, undefined, calm)).status).toBe(200);
    const wait = Number(refused[0]?.headers.get('retry-after'));
    expect(wait).toBeGreaterThanOrEqual(1);
    expect(wait).toBeLessThanOrEqual(seconds);
    await delay(wait * 1000 + 50);
    expect((await graph.ask(honest, undefined, keen)).status).toBe(200);
  });

  it('is counted by who it is, not by the token', async () => {
    const tokens = await Promise.all(
      Array.from({ length: count + 5 }, (_, jti) => tokenOf(key, { sub: 'many-tokens', jti: String(jti) })),
    );
    const replies = await Promise.all(tokens.map((token) => graph.ask(honest, undefined, bearer(token))));
    expect(replies.filter((it) => it.status === 429)).toHaveLength(5);
  });

  it('is not everybody whose token is wrong: they are turned away as such', async () => {
    const replies = await Promise.all(
      Array.from({ length: 3 * count }, () => graph.ask(honest, undefined, bearer('x'))),
    );
    expect(new Set(replies.map((it) => it.status))).toEqual(new Set([401]));
  });
});
