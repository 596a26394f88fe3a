import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, type JWTHeaderParameters, SignJWT } from 'jose';

export type SigningKey = { kid: string; alg: string; privateKey: CryptoKey; publicJwk: JWK };

export async function newSigningKey(kid: string, alg = 'ES256'): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  return { kid, alg, privateKey, publicJwk: { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' } };
}

/** How the issuer's endpoint behaves: in order, out of order, silent, or not what it should be. */
type IssuerMood = 'well' | 'failing' | 'silent' | 'nonsense' | 'elsewhere' | 'without end';

export type Issuer = {
  readonly url: string;
  readonly requests: number;
  mood: IssuerMood;
  keys: SigningKey[];
  stop(): Promise<void>;
};

const bomb = gzipSync(Buffer.alloc(20_000_000, ' '));

/** The part of an identity provider that this server asks: the key set, over HTTP. */
export async function startIssuer(keys: SigningKey[]): Promise<Issuer> {
  let requests = 0;
  const server = createServer((_, response) => {
    requests += 1;
    if (issuer.mood === 'silent') return;
    if (issuer.mood === 'failing') return void response.writeHead(502).end('bad gateway');
    if (issuer.mood === 'elsewhere') return void response.writeHead(302, { location: '/other-keys' }).end();
    if (issuer.mood === 'without end') {
      response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
      return void response.end(bomb);
    }
    const body = { keys: issuer.keys.map((it) => it.publicJwk) };
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(issuer.mood === 'nonsense' ? '<html>' : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const issuer: Issuer = {
    url: `http://127.0.0.1:${port}/keys`,
    get requests() {
      return requests;
    },
    mood: 'well',
    keys,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return issuer;
}

export const tokenIssuer = 'https://login.example';
export const tokenAudience = 'hr-graph';

const minute = 60;

/** Claims of a token that is fine; times are seconds since 1970. */
export const goodClaims = (): Record<string, unknown> => {
  const now = Math.floor(Date.now() / 1000);
  return {
    iss: tokenIssuer,
    aud: tokenAudience,
    sub: 'mina.han@hanbit-marine.example',
    iat: now,
    nbf: now,
    exp: now + 5 * minute,
    scope: 'employees.readonly grades.readonly',
  };
};

export function tokenOf(
  key: SigningKey,
  claims: Record<string, unknown> = {},
  header: Partial<JWTHeaderParameters> = {},
): Promise<string> {
  const all = { ...goodClaims(), ...claims };
  const given = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
  return new SignJWT(given).setProtectedHeader({ alg: key.alg, kid: key.kid, ...header }).sign(key.privateKey);
}

/** For tokens that no library would make: any header, any claims, any signature. */
export function rawToken(header: object, claims: object, signature: Buffer | ((input: string) => Buffer)): string {
  const encoded = (it: object) => Buffer.from(JSON.stringify(it)).toString('base64url');
  const input = `${encoded(header)}.${encoded(claims)}`;
  return `${input}.${(typeof signature === 'function' ? signature(input) : signature).toString('base64url')}`;
}

export const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
