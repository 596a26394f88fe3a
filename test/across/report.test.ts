import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createCompany } from '../../src/sandbox/company/company.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { toCsv } from '../../src/steward/csv.ts';
import { type ChildOptions, cleanUp, emptyFolder, start } from '../process/child.ts';
import { everybody } from './plain-people.ts';

vi.setConfig({ testTimeout: 90_000 });

let sandbox: Sandbox | undefined;
afterEach(async () => {
  await cleanUp();
  await sandbox?.close();
  sandbox = undefined;
});

const script = fileURLToPath(new URL('../../src/steward/report-unlinked.ts', import.meta.url));

/** Runs the real program to its end. */
async function report(args: string[] = [], options: ChildOptions = {}) {
  const child = start(process.execPath, [script, ...args], options);
  const code = await child.exit;
  return { code, stdout: child.stdout, stderr: child.stderr };
}

const header =
  '\uFEFFid,displayName,email,LUCCA,NAVER,CTRL_HUB,missingFrom,conflicts,employeeNumber,status,reasons,asOf';

/** No identifier, and no name of the sandbox, holds what would have to be quoted; conflicts may. */
const rowsIn = (stdout: string) =>
  stdout
    .slice(0, -2)
    .split('\r\n')
    .slice(1)
    .map((line) => line.split(',', 7));

const systems = ['LUCCA', 'NAVER', 'CTRL_HUB'] as const;

/** What the columns from the third on have to say. */
const expectedRows = (people: ReturnType<typeof everybody>) =>
  people.map((it) => [
    ...systems.map((system) => it[system] ?? ''),
    systems.filter((system) => it[system] === undefined).join(' '),
  ]);

const known = (rows: string[][]) => rows.map((cells) => cells.slice(3)).sort();

describe('the report of unlinked people', () => {
  it('lists them all as a spreadsheet, with what each system knows', async () => {
    const { code, stdout, stderr } = await report();
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout.slice(0, stdout.indexOf('\r\n'))).toBe(header);
    expect(stdout.endsWith('\r\n')).toBe(true);
    const unlinked = everybody(createCompany()).filter((it) => systems.some((system) => it[system] === undefined));
    expect(known(rowsIn(stdout))).toEqual(expectedRows(unlinked).sort());
  });

  it('tells conflicts with the records that compete', async () => {
    const three = (await report()).stdout.split('\r\n').filter((line) => line.includes(' Zetterberg,'));
    expect(three).toHaveLength(3);
    for (const line of three) expect(line).toMatch(/,"EMAIL: LUCCA \d+, LUCCA \d+, NAVER emp-\d+",/);
  });

  it.each([
    ['--missing-from=LUCCA', 'LUCCA'],
    ['--missing-from=ctrl-hub', 'CTRL_HUB'],
  ] as const)('lists only those whom one system lacks: %s', async (option, system) => {
    const { stdout } = await report([option]);
    const missing = everybody(createCompany()).filter((it) => it[system] === undefined);
    expect(known(rowsIn(stdout))).toEqual(expectedRows(missing).sort());
  });

  it.each(['--missing-from=SAP', '--missing-from', 'LUCCA'])('says what it expects instead of %s', async (option) => {
    const { code, stdout, stderr } = await report([option]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('--missing-from=LUCCA|NAVER|CTRL_HUB');
  });
});

describe('the report over configured upstreams', () => {
  it('reads an .env file as the server does, over as many pages as there are', async () => {
    sandbox = await startSandbox({ company: createCompany({ people: 300 }), luccaRateLimit: null });
    const cwd = emptyFolder();
    const variables = { ...sandbox.env, CACHE_FRESH_SECONDS: '0' };
    writeFileSync(
      join(cwd, '.env'),
      Object.entries(variables)
        .map((it) => it.join('='))
        .join('\n'),
    );
    const { code, stdout } = await report([], { cwd });
    expect(code).toBe(0);
    const unlinked = everybody(sandbox.company).filter((it) => systems.some((system) => it[system] === undefined));
    expect(unlinked.length).toBeGreaterThan(100);
    expect(known(rowsIn(stdout))).toEqual(expectedRows(unlinked).sort());
    const directory = sandbox.lucca.requests.filter((it) => it.target.includes('sort=id'));
    expect(directory).toHaveLength(Math.ceil(sandbox.company.lucca.employees.length / 100));
  });

  it('tells of people of whom hundreds share an address all that each has', async () => {
    const company = createCompany({ people: 700 });
    for (const row of company.lucca.employees) {
      Object.assign(row, { email: 'shop@crowd.example', employeeNumber: null, remoteId: null });
    }
    for (const row of company.naver.employees) Object.assign(row, { emailAddress: 'shop@crowd.example', empNo: null });
    sandbox = await startSandbox({ company, luccaRateLimit: null });
    const { code, stdout, stderr } = await report(['--missing-from=NAVER'], { env: sandbox.env });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const crowd = stdout.split('\r\n').filter((line) => line.includes('"EMAIL: LUCCA '));
    expect(crowd.length).toBeGreaterThan(300);
    for (const line of crowd) expect(line.split(' emp-').length).toBeGreaterThan(300);
  });

  it('prints nothing but the reason when one of them is down', async () => {
    sandbox = await startSandbox();
    await sandbox.naver.close();
    const { code, stdout, stderr } = await report([], { env: sandbox.env });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^The report could not be made: NAVER is unavailable\. .+\n$/);
  });

  it('waits for a directory that its allowance lets read slowly, and says so', async () => {
    const luccaRateLimit = { count: 10, seconds: 3 };
    sandbox = await startSandbox({ company: createCompany({ people: 3_000 }), luccaRateLimit });
    const { code, stdout, stderr } = await report(['--missing-from=LUCCA'], {
      env: { ...sandbox.env, LUCCA_RATE_LIMIT: '10/3' },
    });
    expect(code).toBe(0);
    expect(stderr).toMatch(/^Lucca is rate limited\. .*still being read.* Trying again in \d+ s\.$/m);
    const inLucca = new Set(sandbox.company.lucca.employees.map((it) => it.id));
    expect(rowsIn(stdout).length).toBeGreaterThan(300);
    expect(rowsIn(stdout).some((cells) => inLucca.has(cells[3] ?? ''))).toBe(false);
    expect(sandbox.lucca.requests.filter((it) => it.status === 429)).toEqual([]);
  }, 90_000);
});

describe('a cell', () => {
  it('is quoted where it has to be, and never taken for a formula', () => {
    const cells = ['a,b', '"c"', 'two\r\nlines', '=1+1', '+1', '-x', '@x', '\tx', '\rx', ' =x', 'plain', ''];
    expect(toCsv([cells])).toBe(`\uFEFF"a,b","""c""","two\r\nlines",'=1+1,'+1,'-x,'@x,'\tx,"'\rx", =x,plain,\r\n`);
  });
});
