import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { toCsv } from '../../src/server/csv.ts';

const run = promisify(execFile);
const script = 'src/server/report-unlinked.ts';
const report = (...args: string[]) => run(process.execPath, [script, ...args], { env: { PATH: process.env.PATH } });

describe('the report of unlinked people', () => {
  it('lists them all as a spreadsheet, with what each system knows and what is in conflict', async () => {
    const { stdout } = await report();
    const lines = stdout.trimEnd().split('\r\n');
    expect(lines[0]).toBe('\uFEFFid,displayName,email,LUCCA,NAVER,CTRL_HUB,missingFrom,conflicts');
    expect(lines.length).toBeGreaterThan(60);
    const couple = lines.filter((line) => line.includes('Zetterberg'));
    expect(couple.length).toBeGreaterThanOrEqual(2);
    for (const line of couple) expect(line).toContain('EMAIL: LUCCA ');
  });

  it('lists only those whom one system lacks where it is named', async () => {
    const { stdout } = await report('--missing-from=LUCCA');
    const rows = stdout.trimEnd().split('\r\n').slice(1);
    expect(rows.length).toBeGreaterThan(10);
    for (const row of rows) expect(row).toMatch(/LUCCA/);
  });

  it('says what it expects of a wrong option, and fails', async () => {
    await expect(report('--missing-from=SAP')).rejects.toMatchObject({ code: 1, stdout: '' });
    await expect(report('--missing-from=SAP')).rejects.toThrow(/--missing-from=LUCCA\|NAVER\|CTRL_HUB/);
  });
});

describe('a cell', () => {
  it('is quoted where it has to be, and never taken for a formula', () => {
    expect(toCsv([['a,b', '"c"', '=1+1', '-x', 'plain']])).toBe(`\uFEFF"a,b","""c""",'=1+1,'-x,plain\r\n`);
  });
});
