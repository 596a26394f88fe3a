import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { createCompany, SHOWCASE_EMAIL } from '../../src/sandbox/company/company.ts';
import { cleanUp, start } from '../process/child.ts';
import { leaksIn, namesIn } from './search.ts';

const secret = 'r4nd0m/secret=';
const company = createCompany({ people: 200 });
const forbidden = { secrets: [secret], names: namesIn(company) };

const kindsIn = (text: string) => [...new Set(leaksIn([{ source: 'a log', text }], forbidden).map((it) => it.kind))];

describe('the search for leaks', () => {
  it.each([
    ['an address', `{"msg":"asked for ${SHOWCASE_EMAIL}"}`, 'an e-mail address'],
    ['an address in a URL', 'GET /employees?email=somebody%40elsewhere.example', 'an e-mail address'],
    ['a token', 'got eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJhIn0.c2lnbmF0dXJl', 'a JSON Web Token'],
    ['a key', 'hrg_4fX0QpGqY0rQH6oYh5l6tWn0PZyJ2bXvS3kq1m9a7cU', 'an API key'],
    ['a credential', 'authorization: Bearer 0123456789abcdef', 'a bearer token'],
    ['a signature', `x-signature: ${'q'.repeat(43)}=`, 'a signature'],
    ['a secret', `sent ${secret} along`, 'a secret'],
    ['a secret in a URL', `?key=${encodeURIComponent(secret)}`, 'a secret'],
    ['a secret in base64', Buffer.from(secret).toString('base64'), 'a secret'],
    ['a name', '{"name":"Mina"}', "a person's name"],
    ['a name by its code points', String.raw`{"name":"\ud55c\ubbf8\ub098"}`, "a person's name"],
  ])('finds %s', (_, text, kind) => {
    expect(kindsIn(text)).toContain(kind);
  });

  it('finds everybody of the invented company, by name and by address', () => {
    const missed = company.lucca.employees.filter(
      ({ email, givenName, familyName }) =>
        !kindsIn(`who: ${givenName} ${familyName}.`).includes("a person's name") ||
        (email !== null && !kindsIn(`who: ${email}`).includes('an e-mail address')),
    );
    expect(missed).toEqual([]);
  });

  it('finds each of several, and tells where', () => {
    const leaks = leaksIn(
      [
        { source: 'one log', text: `${SHOWCASE_EMAIL} and ${secret}` },
        { source: 'another', text: `${' '.repeat(200)}a@b.example${' '.repeat(200)}` },
      ],
      forbidden,
    );
    expect(leaks.map(({ source, kind }) => `${source}: ${kind}`)).toEqual([
      'one log: an e-mail address',
      'one log: a secret',
      'another: an e-mail address',
    ]);
    expect(leaks[2]?.excerpt.length).toBeLessThan(200);
  });

  it('finds nothing in what servers say when all is well', () => {
    const lines = [
      '{"level":30,"time":"2026-01-01T00:00:00.000Z","operation":"Person","milliseconds":12,"errors":{},"msg":"operation"}',
      'hr-graph answers at http://localhost:4000/graphql (sandbox: invented people, emulated upstreams)',
      'Send a credential: `Authorization: Bearer …`. WWW-Authenticate: Bearer realm="hr-graph"',
      'at file:///app/node_modules/graphql-yoga/esm/server.js (vitest@4.1.12) Hanover, handled, Parking',
    ];
    expect(lines.flatMap(kindsIn)).toEqual([]);
  });
});

describe('a run of tests', () => {
  const config = fileURLToPath(new URL('planted.config.ts', import.meta.url));
  const vitest = fileURLToPath(new URL('../../node_modules/vitest/vitest.mjs', import.meta.url));
  const root = fileURLToPath(new URL('../..', import.meta.url));
  afterAll(cleanUp);

  it('fails for what a program has said, though every test passes', async () => {
    const leaks = ['asked for mina.han@hanbit-marine.example', 'signed with a-key-that-signs-requests'];
    const run = start(process.execPath, [vitest, 'run', '--root', root, '--config', config], {
      env: { PLANTED_WORDS: leaks.join(', ') },
    });
    expect(await run.exit).toBe(1);
    expect(run.stdout).toMatch(/1 passed/);
    expect(run.stdout).toMatch(/an e-mail address in stderr of .*planted-leak\.ts: says too much/);
    expect(run.stdout).toMatch(/a secret in stderr of /);
  });
});
