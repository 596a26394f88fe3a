import { createHmac, createPublicKey, type JsonWebKey } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectRefusal, type GuardedGraph, honest, startGuarded } from './guarded-graph.ts';
import {
  bearer,
  goodClaims,
  type Issuer,
  newSigningKey,
  rawToken,
  type SigningKey,
  startIssuer,
  tokenAudience,
  tokenIssuer,
  tokenOf,
} from './issuer.ts';

let key: SigningKey;
let rsaKey: SigningKey;
let issuer: Issuer;
let graph: GuardedGraph;

beforeAll(async () => {
  [key, rsaKey] = await Promise.all([newSigningKey('ec-1'), newSigningKey('rsa-1', 'RS256')]);
  issuer = await startIssuer([key, rsaKey]);
  graph = await startGuarded({
    env: {
      AUTH_MODE: 'jwt',
      AUTH_JWKS_URL: issuer.url,
      AUTH_ISSUER: tokenIssuer,
      AUTH_AUDIENCE: tokenAudience,
    },
  });
});
afterAll(async () => {
  await graph.stop();
  await issuer.stop();
});

const asking = (token: string) => () => graph.ask(honest, undefined, bearer(token));
const now = () => Math.floor(Date.now() / 1000);

describe('a caller with a good token', () => {
  it.each(['ES256', 'ES384', 'RS256', 'PS256', 'EdDSA'])('is let in when it is signed with %s', async (alg) => {
    const other = await newSigningKey(`of ${alg}`, alg);
    const own = await startIssuer([other]);
    const guarded = await startGuarded({
      env: { AUTH_MODE: 'jwt', AUTH_JWKS_URL: own.url, AUTH_ISSUER: tokenIssuer, AUTH_AUDIENCE: tokenAudience },
    });
    const reply = await guarded.ask(honest, undefined, bearer(await tokenOf(other)));
    expect(reply).toMatchObject({ status: 200, json: { errors: [] } });
    expect(own.requests).toBe(1);
    await guarded.stop();
    await own.stop();
  });

  it('is let in within half a minute of what the clocks say', async () => {
    const late = await tokenOf(key, { exp: now() - 20 });
    const early = await tokenOf(key, { nbf: now() + 20 });
    for (const token of [late, early]) expect(await asking(token)()).toMatchObject({ status: 200 });
  });

  it('may have several audiences, one of them this', async () => {
    const token = await tokenOf(key, { aud: ['payroll', tokenAudience] });
    expect(await asking(token)()).toMatchObject({ status: 200, json: { errors: [] } });
  });

  it.each([
    ['scope, separated by spaces', { scope: 'employees.readonly grades.readonly' }],
    ['scp, separated by spaces', { scope: undefined, scp: 'employees.readonly grades.readonly' }],
    ['scp, as a list', { scope: undefined, scp: ['employees.readonly', 'grades.readonly'] }],
    ['roles, as Entra grants them to an application', { scope: undefined, roles: ['grades.readonly'] }],
    ['scp, whatever roles somebody has', { scope: undefined, scp: 'grades.readonly', roles: ['job-roles.readonly'] }],
  ])('is granted what the token says in %s', async (_, claims) => {
    const headers = bearer(await tokenOf(key, claims));
    expect(await graph.ask('{ grades(first: 1) { nodes { name } } }', undefined, headers)).toMatchObject({
      status: 200,
      json: { errors: [] },
    });
    const refused = await graph.ask('{ jobRoles(first: 1) { nodes { name } } }', undefined, headers);
    expect(refused.json?.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN', scope: 'job-roles.readonly' } }]);
  });

  it('is granted what the claim says that AUTH_SCOPES_CLAIM names, and no other', async () => {
    const claim = 'https://hr.example/permissions';
    const named = await startGuarded({
      env: {
        AUTH_MODE: 'jwt',
        AUTH_JWKS_URL: issuer.url,
        AUTH_ISSUER: tokenIssuer,
        AUTH_AUDIENCE: tokenAudience,
        AUTH_SCOPES_CLAIM: claim,
      },
    });
    const headers = bearer(await tokenOf(key, { scope: 'job-roles.readonly', [claim]: ['grades.readonly'] }));
    const granted = await named.ask('{ grades(first: 1) { totalCount } }', undefined, headers);
    const refused = await named.ask('{ jobRoles(first: 1) { totalCount } }', undefined, headers);
    await named.stop();
    expect(granted.json?.errors).toEqual([]);
    expect(refused.json?.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  });

  it('is granted nothing by a token without scopes', async () => {
    const headers = bearer(await tokenOf(key, { scope: undefined }));
    const refused = await graph.ask('{ employees(first: 1) { totalCount } }', undefined, headers);
    expect(refused.json?.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    expect((await graph.ask('{ upstreams { state } }', undefined, headers)).json?.errors).toEqual([]);
  });

  it('is logged under a digest, and the token not at all', async () => {
    const token = await tokenOf(key, { scope: 'grades.readwrite' });
    const write = 'mutation { deleteGrade(input: { externalKey: "G-none" }) { __typename } }';
    await graph.ask(write, undefined, bearer(token));
    const log = graph.log.join('');
    expect(log).toMatch(/"viewer":"jwt:[\da-f]{16}"/);
    expect(log).not.toContain('mina.han');
    expect(log).not.toContain(token.split('.')[2]);
  });
});

describe('a caller is turned away', () => {
  const unauthenticated = (message: RegExp) => ({ status: 401, code: 'UNAUTHENTICATED', message });

  async function expectTurnedAway(name: string, token: string, message: RegExp): Promise<void> {
    const headers = bearer(await tokenOf(key));
    const reply = await expectRefusal(graph, name, asking(token), unauthenticated(message), headers);
    expect(reply.headers.get('www-authenticate')).toMatch(
      /^Bearer realm="hr-graph", error="invalid_token", error_description="[^"]+"$/,
    );
  }

  it('without a token, with a challenge that complains of nothing', async () => {
    const reply = await expectRefusal(
      graph,
      'no token',
      () => graph.ask(honest),
      unauthenticated(/Authorization: Bearer/),
      bearer(await tokenOf(key)),
    );
    expect(reply.headers.get('www-authenticate')).toBe('Bearer realm="hr-graph"');
    expect(reply.headers.get('content-type')).toMatch(/^application\/json/);
  });

  it('with another scheme, or something that is no token', async () => {
    const good = await tokenOf(key);
    for (const authorization of ['Basic bWluYTpoYW4=', 'Bearer', `Bearer ${good} ${good}`, good, 'Bearer a.b.c']) {
      const reply = await graph.ask(honest, undefined, { authorization });
      expect({ authorization, status: reply.status }).toEqual({ authorization, status: 401 });
    }
  });

  it('with a token that has expired, or is not valid yet', async () => {
    await expectTurnedAway('expired token', await tokenOf(key, { exp: now() - 40 }), /has expired/);
    await expectTurnedAway('token of tomorrow', await tokenOf(key, { nbf: now() + 40 }), /see its nbf/);
    await expectTurnedAway('token without an end', await tokenOf(key, { exp: undefined }), /see its exp/);
  });

  it('with a token of another issuer, for another audience, or of nobody', async () => {
    await expectTurnedAway('other issuer', await tokenOf(key, { iss: 'https://login.example.evil' }), /see its iss/);
    await expectTurnedAway('other audience', await tokenOf(key, { aud: 'payroll' }), /see its aud/);
    await expectTurnedAway('no audience', await tokenOf(key, { aud: undefined }), /see its aud/);
    await expectTurnedAway('no subject', await tokenOf(key, { sub: undefined }), /see its sub/);
  });

  it('with a token that was signed by a forger', async () => {
    const forger = await newSigningKey('ec-1');
    await expectTurnedAway("forged, with our key's id", await tokenOf(forger), /signature .* wrong/);
    const stranger = await newSigningKey('ec-666');
    await expectTurnedAway('forged, with an id of its own', await tokenOf(stranger), /does not publish/);
    const inlined = await tokenOf(stranger, {}, { jwk: stranger.publicJwk, jku: 'https://evil.example/keys' });
    await expectTurnedAway('forged, with its key inside', inlined, /does not publish/);
  });

  it('with a token whose claims were changed after it was signed', async () => {
    const [header, , signature] = (await tokenOf(key)).split('.');
    const claims = Buffer.from(JSON.stringify({ ...goodClaims(), scope: 'grades.readwrite' })).toString('base64url');
    await expectTurnedAway('changed claims', `${header}.${claims}.${signature}`, /signature .* wrong/);
  });

  it('with a token that claims to need no signature', async () => {
    for (const alg of ['none', 'None', 'NONE', '']) {
      const token = rawToken({ alg, kid: key.kid }, goodClaims(), Buffer.alloc(0));
      await expectTurnedAway(`alg=${alg}`, token, /not signed|cannot be read/);
    }
  });

  it('with a token that is signed with the public key as if it were a shared secret', async () => {
    const publicKey = createPublicKey({ key: rsaKey.publicJwk as JsonWebKey, format: 'jwk' });
    const spellings = [
      publicKey.export({ type: 'spki', format: 'pem' }).toString(),
      publicKey.export({ type: 'spki', format: 'der' }),
      JSON.stringify(rsaKey.publicJwk),
      String(rsaKey.publicJwk.n),
    ];
    for (const secret of spellings) {
      const sign = (input: string) => createHmac('sha256', secret).update(input).digest();
      const token = rawToken({ alg: 'HS256', kid: rsaKey.kid }, goodClaims(), sign);
      await expectTurnedAway('HS256 with the public key', token, /accepted algorithm/);
    }
  });

  it('with a header that demands what nobody here understands', async () => {
    const token = await tokenOf(key, {}, { crit: ['b64'], b64: false }).catch(() => null);
    const demanding = rawToken({ alg: 'ES256', kid: key.kid, crit: ['exp'], exp: 1 }, goodClaims(), Buffer.alloc(64));
    for (const it of [token, demanding]) if (it !== null) await expectTurnedAway('unknown crit', it, /token/);
  });
});

describe('without a token', () => {
  it('probes are answered, and GraphiQL and the schema are closed', async () => {
    for (const path of ['/healthz', '/readyz']) {
      expect((await graph.send({}, new URL(path, graph.url).href)).status).toBe(200);
    }
    const page = await graph.send({ headers: { accept: 'text/html' } });
    expect(page.status).not.toBe(200);
    expect(page.body).not.toMatch(/graphiql/i);
  });
});
