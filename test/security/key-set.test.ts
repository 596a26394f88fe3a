import { setTimeout as delay } from 'node:timers/promises';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Viewer } from '../../resolvers/context.ts';
import type { Authenticate } from '../../src/server/authentication/authenticate.ts';
import { createJwtAuthentication } from '../../src/server/authentication/jwt.ts';
import { type KeySetTiming, keySetTiming } from '../../src/server/authentication/key-set.ts';
import { honest, startGuarded } from './guarded-graph.ts';
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

const timing = { cooldownMs: 200, cacheMs: 60_000, timeoutMs: 150, pauseMs: 100 };

let oldKey: SigningKey;
let newKey: SigningKey;
let stranger: SigningKey;
let issuer: Issuer;
let authenticate: Authenticate;

beforeAll(async () => {
  [oldKey, newKey, stranger] = await Promise.all([
    newSigningKey('old'),
    newSigningKey('new'),
    newSigningKey('stranger'),
  ]);
});
beforeEach(async () => {
  await issuer?.stop();
  issuer = await startIssuer([oldKey]);
  authenticate = authenticateWith(timing);
});
afterAll(() => issuer.stop());

function authenticateWith(given: KeySetTiming): Authenticate {
  const settings = {
    mode: 'jwt',
    jwksUrl: issuer.url,
    issuer: tokenIssuer,
    audience: tokenAudience,
    scopesClaim: null,
  } as const;
  return createJwtAuthentication(settings, 'a secret', pino({ level: 'silent' }), given);
}

const enter = async (key: SigningKey): Promise<Viewer> => authenticate(new Headers(bearer(await tokenOf(key))));

const letIn = { id: expect.stringMatching(/^jwt:[\da-f]{16}$/) };
const refusedWith = (status: number) => ({ extensions: { code: 'UNAUTHENTICATED', http: { status } } });

describe('the keys of the issuer', () => {
  it('are read once for many callers', async () => {
    // With the time that a deployment gives an issuer: fifty callers at once may take this machine a while.
    authenticate = authenticateWith(keySetTiming);
    const viewers = await Promise.all(Array.from({ length: 50 }, () => enter(oldKey)));
    expect(new Set(viewers.map((it) => it.id)).size).toBe(1);
    expect(issuer.requests).toBe(1);
  });

  it('are read again for a key that is new, and a key that is gone is believed until then', async () => {
    await enter(oldKey);
    issuer.keys = [newKey];
    await delay(timing.cooldownMs + 20);
    expect(await enter(oldKey)).toMatchObject(letIn);
    expect(await enter(newKey)).toMatchObject(letIn);
    await expect(enter(oldKey)).rejects.toMatchObject(refusedWith(401));
    expect(issuer.requests).toBe(2);
  });

  it('are not read for each of many key ids that nobody knows', async () => {
    await enter(oldKey);
    for (let attempt = 0; attempt < 100; attempt += 1) {
      await expect(enter({ ...stranger, kid: `made-up-${attempt}` })).rejects.toMatchObject(refusedWith(401));
    }
    expect(issuer.requests).toBeLessThan(50);
  });

  it('are forgotten after a while, so that a withdrawn key is not believed for good', async () => {
    authenticate = authenticateWith({ ...timing, cacheMs: 100 });
    await enter(oldKey);
    issuer.keys = [newKey];
    await delay(120);
    await expect(enter(oldKey)).rejects.toMatchObject(refusedWith(401));
  });
});

describe('an issuer that cannot be asked', () => {
  it.each(['failing', 'silent', 'nonsense', 'elsewhere', 'without end'] as const)(
    'and is %s costs no caller whose key is known',
    async (mood) => {
      await enter(oldKey);
      issuer.mood = mood;
      expect(await enter(oldKey)).toMatchObject(letIn);
    },
  );

  it.each(['failing', 'silent', 'nonsense', 'elsewhere', 'without end'] as const)(
    'and is %s is 503 with Retry-After, in time, and asked again after a pause',
    async (mood) => {
      issuer.mood = mood;
      const startedAt = performance.now();
      await expect(enter(oldKey)).rejects.toMatchObject({
        extensions: { code: 'UNAUTHENTICATED', http: { status: 503, headers: { 'Retry-After': '1' } } },
      });
      process.stdout.write(`refused in ${(performance.now() - startedAt).toFixed(1)} ms: issuer ${mood}\n`);
      await Promise.allSettled(Array.from({ length: 20 }, () => enter(oldKey)));
      expect(issuer.requests).toBe(1);

      issuer.mood = 'well';
      await delay(Math.max(timing.pauseMs, timing.timeoutMs) + 20);
      expect(await enter(oldKey)).toMatchObject(letIn);
    },
  );

  it('is 503 for the callers of the whole server, without any upstream request', async () => {
    const down = await startIssuer([oldKey]);
    await down.stop();
    const graph = await startGuarded({
      env: { AUTH_MODE: 'jwt', AUTH_JWKS_URL: down.url, AUTH_ISSUER: tokenIssuer, AUTH_AUDIENCE: tokenAudience },
    });
    const before = graph.upstreamRequests();
    const reply = await graph.ask(honest, undefined, bearer(await tokenOf(oldKey)));
    expect(reply).toMatchObject({ status: 503, json: { errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] } });
    expect(reply.headers.get('retry-after')).toBe(String(keySetTiming.pauseMs / 1000));
    expect(graph.upstreamRequests()).toBe(before);
    await graph.stop();
  });
});
