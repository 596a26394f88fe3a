import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { scopes } from '../../src/domain/scopes.ts';
import { expectRefusal, type GuardedGraph, honest, startGuarded } from './guarded-graph.ts';

const launcher = join(import.meta.dirname, '../../bin/hr-graph.js');
const folder = mkdtempSync(join(tmpdir(), 'keys-'));
const file = join(folder, 'keys.json');

/** What `npm run key:new` prints: the key itself, and the line for the file. */
function newKey(id: string, scopes: string): { key: string; line: string } {
  const printed = execFileSync(process.execPath, [launcher, 'key:new', '--id', id, '--scopes', scopes], {
    encoding: 'utf8',
  });
  const [, key = '', line = ''] = /^ {2}(hrg_\S+)$[^{]+^ {2}({.*})$/m.exec(printed) ?? [];
  return { key, line };
}

const reporting = newKey('reporting', 'employees.readonly,grades.readonly');
const roles = newKey('roles', 'job-roles.readonly');

let graph: GuardedGraph;
beforeAll(async () => {
  writeFileSync(file, `[${reporting.line}]`);
  graph = await startGuarded({ env: { AUTH_MODE: 'api-key', API_KEYS_FILE: file } });
});
afterAll(async () => {
  await graph.stop();
  rmSync(folder, { recursive: true });
});

const bearing = (key: string) => ({ authorization: `Bearer ${key}` });

describe('npm run key:new', () => {
  it('makes keys that nobody guesses, and prints what the file needs and no more', () => {
    expect(reporting.key).toMatch(/^hrg_[\w-]{43}$/);
    expect(reporting.key).not.toBe(roles.key);
    expect(JSON.parse(reporting.line)).toEqual({
      id: 'reporting',
      sha256: createHash('sha256').update(reporting.key).digest('hex'),
      scopes: ['employees.readonly', 'grades.readonly'],
    });
  });

  it('helps with all scopes that there are', () => {
    const help = execFileSync(process.execPath, [launcher, 'key:new', '--help'], { encoding: 'utf8' });
    expect(scopes.filter((scope) => !help.includes(` ${scope}`))).toEqual([]);
  });

  it.each([
    [['--id', 'reporting']],
    [['--scopes', 'grades.readonly']],
    [['--id', 'two words', '--scopes', 'grades.readonly']],
    [['--id', 'typo', '--scopes', 'grade.readonly']],
  ])('explains itself for %j', (args) => {
    const run = () =>
      execFileSync(process.execPath, [launcher, 'key:new', ...args], { encoding: 'utf8', stdio: 'pipe' });
    expect(run).toThrow(/^Command failed: .*\nhr-graph key:new: --(id|scopes): expected .*\n$/);
  });
});

describe('a caller with a key', () => {
  it.each([
    ['Authorization', { authorization: `Bearer ${reporting.key}` }],
    ['Authorization in another case', { Authorization: `bearer ${reporting.key}` }],
    ['X-API-Key', { 'x-api-key': reporting.key }],
  ])('is let in by %s, with the scopes of the key', async (_, headers) => {
    expect(await graph.ask(honest, undefined, headers)).toMatchObject({ status: 200, json: { errors: [] } });
    const refused = await graph.ask('{ jobRoles(first: 1) { totalCount } }', undefined, headers);
    expect(refused.json?.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  });

  it('is turned away with 401 and a challenge where the key is wrong, missing, or only its digest', async () => {
    const digest = createHash('sha256').update(reporting.key).digest('hex');
    const attempts: [string, Record<string, string>][] = [
      ['no key', {}],
      ['wrong key', bearing(`${reporting.key}x`)],
      ['half a key', bearing(reporting.key.slice(0, 20))],
      ['digest of a key', bearing(digest)],
      ['key of another file', { 'x-api-key': roles.key }],
      ['id of a key', bearing('reporting')],
      ['endless key', { 'x-api-key': 'k'.repeat(10_000) }],
    ];
    for (const [name, headers] of attempts) {
      const attack = () => graph.ask(honest, undefined, headers);
      const refusal = { status: 401, code: 'UNAUTHENTICATED' };
      const reply = await expectRefusal(graph, name, attack, refusal, bearing(reporting.key));
      expect(reply.headers.get('www-authenticate')).toMatch(/^Bearer realm="hr-graph"/);
    }
  });

  it('leaves no key in the log', () => {
    const log = graph.log.join('');
    for (const { key } of [reporting, roles]) expect(log).not.toContain(key.slice(4));
  });
});

describe('the file of keys', () => {
  const patience = 1_100;

  async function replaceFile(text: string): Promise<void> {
    writeFileSync(`${file}.new`, text);
    renameSync(`${file}.new`, file);
    await delay(patience);
  }
  const statusFor = async (key: string) => (await graph.ask(honest, undefined, bearing(key))).status;

  it('is read again when it changes, so that keys come and go without a restart', async () => {
    await replaceFile(`[${roles.line}]`);
    expect(await statusFor(roles.key)).toBe(200);
    expect(await statusFor(reporting.key)).toBe(401);
    await replaceFile(`[${roles.line}, ${reporting.line}]`);
    expect(await statusFor(reporting.key)).toBe(200);
  });

  it('changes nothing while it cannot be used, and the log says so without its content', async () => {
    await replaceFile(`[${reporting.line}`);
    expect(await statusFor(reporting.key)).toBe(200);
    const complaint = graph.log.findLast((it) => it.includes('file of API keys')) ?? '';
    expect(complaint).toContain('the keys stay as they were');
    expect(complaint).not.toContain(JSON.parse(reporting.line).sha256);
    await replaceFile('[]');
    expect(await statusFor(reporting.key)).toBe(401);
  });
});
