import { createHash } from 'node:crypto';
import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { cleanUp, emptyFolder, start } from '../process/child.ts';
import { type Server, startServer } from '../process/server.ts';
import { allSystems, everybody, type System } from './plain-people.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 120_000 });

/** A week of whoever keeps the systems in step: one server that runs on, and programs that ask it. */
const folder = emptyFolder();
const mappingFile = join(folder, 'mapping.csv');
const key = `hrg_${'steward'.repeat(6)}`;

let sandbox: Sandbox;
let server: Server;
let url: string;
beforeAll(async () => {
  sandbox = await startSandbox({ luccaRateLimit: null });
  const keys = [
    { id: 'steward', sha256: createHash('sha256').update(key).digest('hex'), scopes: ['employees.readonly'] },
  ];
  writeFileSync(join(folder, 'keys.json'), JSON.stringify(keys));
  save('lucca,naver,ctrlHub\n');
  server = startServer({
    env: {
      ...sandbox.env,
      CACHE_FRESH_SECONDS: '3600',
      AUTH_MODE: 'api-key',
      API_KEYS_FILE: join(folder, 'keys.json'),
      IDENTITY_MAP_FILE: mappingFile,
    },
  });
  url = await server.url();
});
afterAll(async () => {
  await cleanUp();
  await sandbox.close();
});

function save(text: string): void {
  writeFileSync(`${mappingFile}.new`, text);
  renameSync(`${mappingFile}.new`, mappingFile);
}

/** Runs one of the programs, as documented, against the server. */
async function run(command: string, ...args: string[]) {
  const launcher = fileURLToPath(new URL('../../bin/hr-graph.js', import.meta.url));
  const env = { HR_GRAPH_URL: url, HR_GRAPH_TOKEN: key };
  const child = start(process.execPath, [launcher, command, ...args], { env });
  const code = await child.exit;
  return { code, stdout: child.stdout, stderr: child.stderr };
}

const summaryOf = (rows: number, { taking = 0, unlike = 0 } = {}): string =>
  `${rows} row${rows === 1 ? '' : 's'}: 0 with faults, ${taking} taking linked records, ${unlike} with nothing in common, 0 without effect\n`;

/** Cells that are not quoted; those behind them may be. */
const linesOf = (stdout: string): string[] => stdout.replace('\uFEFF', '').trimEnd().split('\r\n').slice(1);

/** How many people some system does not know, by a count of its own. */
const countUnlinked = (rows: Record<string, string>[], holds: (missing: string) => boolean = () => true): number =>
  everybody(sandbox.company, allSystems, rows).filter((it) => it.missing.some(holds)).length;

const requests = (): number =>
  [sandbox.lucca, sandbox.naver, sandbox.ctrlHub].reduce((sum, it) => sum + it.requests.length, 0);

describe('the steward of the data', () => {
  it('reads who is out of step and why, takes suggestions, mends and checks the file, and sees fewer', async () => {
    const report = await run('report:unlinked');
    expect({ code: report.code, stderr: report.stderr }).toEqual({ code: 0, stderr: '' });
    const before = countUnlinked([]);
    expect(linesOf(report.stdout)).toHaveLength(before);
    const asked = requests();
    const withoutTrait = await run('report:unlinked', '--reason=nothing-to-compare');
    expect(linesOf(withoutTrait.stdout)).toHaveLength(countUnlinked([], (it) => it.includes(' NOTHING_TO_COMPARE ')));
    expect((await run('report:unlinked')).stdout).toBe(report.stdout);

    const suggested = await run('mapping:suggest');
    expect({ code: suggested.code, stderr: suggested.stderr }).toEqual({ code: 0, stderr: '' });
    expect(suggested.stdout).toMatch(/^\uFEFFlucca,naver,ctrlHub,score,comment\r\n/);
    const kept = linesOf(suggested.stdout).filter((line) => !line.includes('one of several'));
    expect(kept.length).toBeGreaterThan(3);

    // In a spreadsheet: other columns, semicolons, and a key in the wrong one.
    const rows = kept
      .map((line) => line.split(',', 3))
      .map(([LUCCA = '', NAVER = '', CTRL_HUB = '']) => ({ LUCCA, NAVER, CTRL_HUB }));
    const [first] = rows;
    if (first === undefined) throw new Error('Nothing was suggested.');
    const asText = (them: typeof rows) =>
      ['Naver;Who;LUCCA;Ctrl Hub', ...them.map((it) => `${it.NAVER};"seen; ""ok""";${it.LUCCA};${it.CTRL_HUB}`)].join(
        '\r\n',
      );
    const draft = join(folder, 'draft.csv');
    writeFileSync(draft, asText([{ ...first, LUCCA: first.NAVER, NAVER: first.LUCCA }, ...rows.slice(1)]));
    const wrong = await run('mapping:check', draft);
    expect(wrong).toMatchObject({ code: 1, stderr: '' });
    expect(wrong.stdout.split('\n').slice(0, 2)).toEqual([
      'row 2: lucca holds a key of naver',
      'row 2: naver holds a key of lucca',
    ]);
    writeFileSync(draft, asText(rows));
    const right = await run('mapping:check', draft);
    expect(right).toMatchObject({ code: 0, stderr: '' });
    expect(right.stdout).toBe(summaryOf(rows.length));

    save(asText(rows));
    await vi.waitUntil(() => server.stderr.includes('the mapping file was read again'), {
      timeout: 120_000,
      interval: 100,
    });
    const plain = rows.map((row) => Object.fromEntries(Object.entries(row).filter(([, id]) => id !== '')));
    const after = countUnlinked(plain);
    expect(after).toBeLessThan(before);
    expect(linesOf((await run('report:unlinked')).stdout)).toHaveLength(after);
    expect(linesOf((await run('mapping:suggest')).stdout).filter((line) => kept.includes(line))).toEqual([]);
    // What the file says by itself is no longer news to anybody.
    expect((await run('mapping:check', mappingFile)).code).toBe(0);
    expect(requests()).toBe(asked);
  });

  it('is told of a slip of one digit: whom it takes a record from, who gives one up, and that nothing speaks for it', async () => {
    const draft = join(folder, 'slip.csv');
    // Mina Han has emp-00001, and emp-00002 is of 20002: e-mail links both.
    writeFileSync(draft, 'lucca,naver\n20001,emp-00002\n');
    const checked = await run('mapping:check', draft);
    expect(checked).toMatchObject({ code: 0, stderr: '' });
    expect(checked.stdout.split('\n').slice(0, 2)).toEqual([
      'row 2: takes naver emp-00002 from lucca 20002 (linked by email); lucca 20001 loses naver emp-00001 (linked by email)',
      'row 2: lucca and naver have nothing in common: no name, address, number or birthday',
    ]);
    expect(checked.stdout.split('\n')[2]).toBe(summaryOf(1, { taking: 1, unlike: 1 }).trimEnd());
    expect((await run('mapping:check', draft, '--strict')).code).toBe(1);
    // Of a row that cannot be used, no effects are told.
    writeFileSync(draft, 'lucca,naver\n20001,emp-00002\n20001,emp-00002\n');
    expect((await run('mapping:check', draft)).stdout).not.toMatch(/^row 3: (?:takes|lucca)/m);
  });

  it('is told the same once the server has taken the row, and the server warns', async () => {
    const counts = { added: expect.any(Number), linked: expect.any(Number) };
    save('lucca,naver\n20001,emp-00002\n');
    const warning = 'the mapping file was read again and separates records that a rule had linked';
    await vi.waitUntil(() => server.stderr.includes(warning), { timeout: 120_000, interval: 100 });
    const line = server.stderr.split('\n').find((it) => it.includes(warning)) ?? '{}';
    expect(JSON.parse(line)).toMatchObject({ ...counts, level: 40, displaced: 2 });
    for (const key of ['20001', '20002', 'emp-0000']) expect(line).not.toContain(key);
    const checked = await run('mapping:check', mappingFile, '--strict');
    expect(checked).toMatchObject({ code: 1, stderr: '' });
    expect(checked.stdout.split('\n')[0]).toBe(
      'row 2: takes naver emp-00002 from lucca 20002 (linked by email); lucca 20001 loses naver emp-00001 (linked by email)',
    );
  });

  it('is told what to do where the server does not let them in, or is not there', async () => {
    const refused = start(
      process.execPath,
      [fileURLToPath(new URL('../../src/steward/mapping-suggest.ts', import.meta.url))],
      {
        env: { HR_GRAPH_URL: url },
      },
    );
    expect(await refused.exit).toBe(1);
    expect(refused.stdout).toBe('');
    expect(refused.stderr).toMatch(/^The suggestions could not be made: .+\n$/);
    const nowhere = start(
      process.execPath,
      [fileURLToPath(new URL('../../src/steward/mapping-suggest.ts', import.meta.url))],
      {
        env: { HR_GRAPH_URL: 'http://127.0.0.1:1/graphql' },
      },
    );
    expect(await nowhere.exit).toBe(1);
    expect(nowhere.stderr).toMatch(/^The suggestions could not be made: .+\n$/);
  });

  it('is told in the log of the server how many rows changed, and nobody’s key or name', () => {
    const line = server.stderr.split('\n').find((it) => it.includes('the mapping file was read again')) ?? '{}';
    expect(JSON.parse(line)).toMatchObject({
      ...{ added: expect.any(Number), changed: 0, removed: 0, linkedBefore: 0 },
      level: 30,
      displaced: 0,
    });
    const keys = everybody(sandbox.company).flatMap((it) => allSystems.flatMap((system: System) => it[system] ?? []));
    for (const id of keys) expect(line).not.toContain(`"${id}"`);
  });
});
