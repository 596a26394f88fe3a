import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config/config.ts';
import { ConfigError } from '../../src/config/config-error.ts';

type Variables = Record<string, string | undefined>;

const live = {
  NAVER_COMPANY_ID: 'a0000000-0000-4000-8000-000000000002',
  NAVER_ACCESS_KEY: 'naver-access-hush',
  NAVER_SECRET_KEY: 'naver-secret-hush',
  HR_GRAPH_SECRET: 'sixteen-letters!',
};
const jwt = {
  AUTH_MODE: 'jwt',
  AUTH_JWKS_URL: 'https://login.example/keys?p=people',
  AUTH_ISSUER: 'https://login.example',
  AUTH_AUDIENCE: 'hr-graph',
};

const folder = mkdtempSync(join(tmpdir(), 'access-'));
afterAll(() => rmSync(folder, { recursive: true }));

function fileOf(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}
const sha256 = 'ab'.repeat(32);
const keys = fileOf('keys.json', JSON.stringify([{ id: 'reporting', sha256, scopes: ['grades.readonly'] }]));

function problemsOf(variables: Variables): readonly string[] {
  try {
    readConfig(variables);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}
const accessOf = (variables: Variables) => readConfig(variables).access;

const everywhere = ['0.0.0.0', '::', '10.1.2.3', '128.0.0.1', 'hr.example', '127.0.0.1.example'];
const here = ['127.0.0.1', '127.8.8.8', '::1', 'localhost', 'LOCALHOST'];

describe('live mode', () => {
  it('answers other machines only when callers are known', () => {
    const refusal =
      'AUTH_MODE: expected jwt or api-key, got none (other machines can reach HOST, so callers must be known)';
    for (const HOST of everywhere) {
      expect(problemsOf({ ...live, HOST })).toEqual([refusal]);
      expect(problemsOf({ ...live, HOST, AUTH_MODE: 'none' })).toEqual([refusal]);
      expect(problemsOf({ ...live, HOST, ...jwt })).toEqual([]);
      expect(problemsOf({ ...live, HOST, AUTH_MODE: 'api-key', API_KEYS_FILE: keys })).toEqual([]);
    }
  });

  it('answers everybody on this machine without AUTH_MODE, and remembers whether somebody said so', () => {
    for (const HOST of here) {
      const none = { mode: 'none', isLocal: true };
      expect(accessOf({ ...live, HOST }).authentication).toEqual({ ...none, isChosen: false });
      expect(accessOf({ ...live, HOST, AUTH_MODE: 'NONE' }).authentication).toEqual({ ...none, isChosen: true });
    }
  });

  it('verifies the certificates of the upstreams, whatever Node was told', () => {
    expect(problemsOf({ ...live, NODE_TLS_REJECT_UNAUTHORIZED: '0' })).toEqual([
      'NODE_TLS_REJECT_UNAUTHORIZED: expected certificates to be verified (NODE_EXTRA_CA_CERTS names an authority of your own), got "0"',
    ]);
    expect(problemsOf({ ...live, NODE_TLS_REJECT_UNAUTHORIZED: '1' })).toEqual([]);
  });
});

describe('the sandbox', () => {
  it('is open to everybody, wherever it listens, since nobody in it is real', () => {
    for (const HOST of [...here, ...everywhere]) {
      expect(accessOf({ HOST }).authentication).toEqual({ mode: 'none', isLocal: false, isChosen: false });
    }
  });

  it('can be guarded as live mode is', () => {
    expect(accessOf(jwt)).toMatchObject({
      authentication: { mode: 'jwt' },
      callerAllowance: { count: 600, seconds: 60 },
    });
  });
});

describe('AUTH_MODE', () => {
  it('lists what a mode lacks', () => {
    expect(problemsOf({ AUTH_MODE: 'jwt' })).toEqual([
      'AUTH_JWKS_URL: expected a value, got none (AUTH_MODE=jwt needs it)',
      'AUTH_ISSUER: expected a value, got none (AUTH_MODE=jwt needs it)',
      'AUTH_AUDIENCE: expected a value, got none (AUTH_MODE=jwt needs it)',
    ]);
    expect(problemsOf({ AUTH_MODE: 'api-key' })).toEqual([
      'API_KEYS_FILE: expected a value, got none (AUTH_MODE=api-key needs it)',
    ]);
  });

  it('is missed where what it needs is there', () => {
    for (const [name, value] of Object.entries({ ...jwt, API_KEYS_FILE: keys, AUTH_MODE: undefined })) {
      if (value === undefined) continue;
      expect(problemsOf({ ...live, [name]: value })).toEqual([
        `AUTH_MODE: expected jwt or api-key, got none (${name} is set, and nothing would use it)`,
      ]);
    }
  });

  it('is one of three words, and a wrong one opens nothing', () => {
    expect(problemsOf({ ...live, AUTH_MODE: 'jtw' })).toEqual([
      'AUTH_MODE: expected one of jwt, api-key, none, got "jtw"',
    ]);
  });

  it('does not let a claim pass for a mode', () => {
    expect(problemsOf({ AUTH_SCOPES_CLAIM: 'permissions' })).toEqual([
      'AUTH_MODE: expected jwt or api-key, got none (AUTH_SCOPES_CLAIM is set, and nothing would use it)',
    ]);
  });

  it('reads keys over a safe way only, and never shows a credential in their address', () => {
    expect(problemsOf({ ...jwt, AUTH_JWKS_URL: 'http://login.example/keys' })[0]).toContain('expected https');
    const problem = problemsOf({ ...jwt, AUTH_JWKS_URL: 'https://ann:hush@login.example/keys' })[0];
    expect(problem).toBe('AUTH_JWKS_URL: expected an address without credentials, got one with them');
  });
});

describe('API_KEYS_FILE', () => {
  const problemWith = (content: unknown): string => {
    const path = fileOf('wrong.json', typeof content === 'string' ? content : JSON.stringify(content));
    return problemsOf({ AUTH_MODE: 'api-key', API_KEYS_FILE: path })[0] ?? '';
  };
  const entry = { id: 'reporting', sha256, scopes: ['grades.readonly'] };

  it('may be an empty list, which lets nobody in', () => {
    expect(problemWith([])).toBe('');
  });

  it.each<[string, unknown, string]>([
    ['no JSON', 'hush', '(not JSON)'],
    ['no list', { keys: [] }, '(not a list)'],
    ['a key as it is instead of its digest', [{ ...entry, sha256: 'hrg_hush' }], '(key 1: wrong sha256)'],
    ['a scope that there is not', [entry, { ...entry, id: 'b', scopes: ['hush.all'] }], '(key 2: wrong scopes)'],
    ['a member too many', [{ ...entry, key: 'hush' }], '(key 1: expected id, sha256 and scopes, and nothing else)'],
    ['an id twice', [entry, entry], '(two keys have the same id)'],
  ])('cannot have %s, and is not quoted', (_, content, reason) => {
    const problem = problemWith(content);
    expect(problem).toMatch(/^API_KEYS_FILE: expected the path of a file of API keys, got ".+/);
    expect(problem).toContain(reason);
    expect(problem).not.toMatch(/hush|abab/);
  });

  it('may begin with a byte order mark', () => {
    expect(problemWith(`\uFEFF${JSON.stringify([entry])}`)).toBe('');
  });

  it('has to be there', () => {
    const missing = join(folder, 'missing.json');
    expect(problemsOf({ AUTH_MODE: 'api-key', API_KEYS_FILE: missing })[0]).toContain('(ENOENT)');
  });
});

describe('what is open', () => {
  it.each<[string, Variables, boolean]>([
    ['the sandbox', {}, true],
    ['live mode without AUTH_MODE', live, true],
    ['live mode with AUTH_MODE', { ...live, ...jwt }, false],
    ['the sandbox with AUTH_MODE', jwt, true],
  ])('in %s is the schema and GraphiQL, or neither, unless switched', (_, variables, isOpen) => {
    expect(accessOf(variables)).toMatchObject({ hasGraphiql: isOpen, hasIntrospection: isOpen });
    const [word, other] = isOpen ? ['off', 'on'] : ['on', 'off'];
    expect(accessOf({ ...variables, GRAPHIQL: word, INTROSPECTION: other })).toMatchObject({
      hasGraphiql: !isOpen,
      hasIntrospection: isOpen,
    });
  });

  it('to pages of other origins is nothing but what CORS_ORIGINS names exactly', () => {
    expect(accessOf({}).corsOrigins).toEqual([]);
    expect(accessOf({ CORS_ORIGINS: 'https://people.example, http://localhost:5173' }).corsOrigins).toEqual([
      'https://people.example',
      'http://localhost:5173',
    ]);
    for (const wrong of ['*', 'null', 'people.example', 'https://people.example/', 'https://people.example:443']) {
      expect(problemsOf({ CORS_ORIGINS: wrong })[0]).toContain(`without a path, got ${JSON.stringify(wrong)}`);
    }
  });

  it('to one caller is a number of requests, by default with AUTH_MODE only', () => {
    expect(accessOf(live).callerAllowance).toBeNull();
    expect(accessOf({ ...live, RATE_LIMIT_PER_CALLER: '5/1' }).callerAllowance).toEqual({ count: 5, seconds: 1 });
    expect(accessOf({ ...live, ...jwt }).callerAllowance).toEqual({ count: 600, seconds: 60 });
    expect(accessOf({ ...live, ...jwt, RATE_LIMIT_PER_CALLER: 'Off' }).callerAllowance).toBeNull();
    expect(problemsOf({ RATE_LIMIT_PER_CALLER: 'many' })).toEqual([
      'RATE_LIMIT_PER_CALLER: expected requests/seconds such as 600/60, or off, got "many"',
    ]);
  });
});
