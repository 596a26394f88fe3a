import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createCompany } from '../../src/sandbox/company/company.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { cleanUp } from '../process/child.ts';
import { reset } from './doctor-fixture.ts';
import { doctor } from './program.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ company: createCompany({ people: 200 }), luccaRateLimit: null });
});
afterEach(() => reset(sandbox));
afterAll(async () => {
  await cleanUp();
  await sandbox.close();
});

/** What Lucca's allowance counts. */
const countedOf = ({ lucca }: Sandbox) => lucca.requests.filter(({ target }) => target !== '/connect/token');

describe('npm run doctor', () => {
  it('ends with code 0 and a table when all is well', async () => {
    const { code, lines } = await doctor(sandbox.env);
    expect(code).toBe(0);
    expect(lines.filter((it) => /^\S/.test(it))).toEqual([
      'Configuration',
      'Lucca',
      'NAVER WORKPLACE',
      'Ctrl Hub',
      expect.stringMatching(/^0 ✗, \d !, \d\d ✓, 1 not checked\. Requests: Lucca \d+, /),
    ]);
    expect(lines).toContain('  ✓ Sign-in             an access token is issued');
    expect(lines.filter((it) => [...it].length > 100)).toEqual([]);
  });

  it('reads only, and at most a third of an allowance', async () => {
    await doctor(sandbox.env);
    const { lucca, naver, ctrlHub } = sandbox;
    const counted = countedOf(sandbox);
    expect(counted.length).toBeGreaterThan(5);
    expect(counted.length).toBeLessThanOrEqual(50 / 3);
    for (const { method } of [...counted, ...naver.requests, ...ctrlHub.requests]) expect(method).toBe('GET');
    expect(naver.requests.length + ctrlHub.requests.length).toBeLessThanOrEqual(16);
    expect(lucca.requests.length).toBeLessThanOrEqual(20);
  });

  it('waits where an allowance is small, and never takes more than a third of it', async () => {
    const { code } = await doctor({ ...sandbox.env, LUCCA_RATE_LIMIT: '9/1' });
    expect(code).toBe(0);
    const times = countedOf(sandbox).map(({ startedAt }) => startedAt);
    expect(times.length).toBeGreaterThan(5);
    for (const time of times)
      expect(times.filter((it) => it >= time && it < time + 1_000).length).toBeLessThanOrEqual(3);
  });

  it('ends with code 1 where something has to be changed, and says what', async () => {
    const { code, lines } = await doctor({ ...sandbox.env, NAVER_SECRET_KEY: 'not-the-secret-key' });
    expect(code).toBe(1);
    const at = lines.findIndex((it) => it.startsWith('  ✗ Sign-in'));
    expect(lines.slice(at, at + 5).join(' ')).toMatch(/NAVER_ACCESS_KEY and\s+NAVER_SECRET_KEY/);
    const unchecked = lines.filter((it) => it.startsWith('  – Not checked '));
    expect(unchecked).toHaveLength(1);
    const told = lines
      .slice(lines.indexOf(unchecked[0] ?? ''))
      .join(' ')
      .replaceAll(/\s+/g, ' ');
    expect(told).toMatch(/^ – Not checked .*Employees.*: needs what failed under Sign-in/);
  });

  it('tells every problem of the configuration at once, as the server does', async () => {
    const env = {
      ...sandbox.env,
      PORT: '70000',
      NAVER_PAGE_SIZE: '0',
      LUCCA_CLIENT_SECRET: '',
      NAVER_SECRETKEY: 'hush-hush',
    };
    const { code, lines } = await doctor(env);
    expect(code).toBe(1);
    for (const name of ['PORT: ', 'NAVER_PAGE_SIZE: ', 'LUCCA_CLIENT_SECRET: ', 'NAVER_SECRETKEY: no such variable']) {
      expect(lines.filter((it) => it.startsWith(`  ✗ Settings            ${name}`))).toHaveLength(1);
    }
    expect(lines.join(' ').replaceAll(/ +/g, ' ')).toMatch(/is NAVER_SECRET_KEY meant\?(?!\.)/);
    expect(sandbox.lucca.requests).toEqual([]);
  });

  it('shows no value of a wrong setting in a report', async () => {
    const { code, out } = await doctor({ ...sandbox.env, NAVER_COMPANY_ID: 'quartz/works', PORT: '70000' }, '--json');
    expect(code).toBe(1);
    expect(out).toContain('PORT: expected a whole number from 0 to 65535, got string(5, digits).');
    expect(out).not.toContain('quartz');
  });

  it('examines the emulated systems where none is configured', async () => {
    const { code, lines } = await doctor({});
    expect(code).toBe(0);
    expect(lines).toContain('  ! Settings            No system is configured.');
  });
});

const report = z.object({
  sections: z.array(
    z.object({
      upstream: z.string().nullable(),
      results: z.array(z.object({ id: z.string(), level: z.string(), found: z.string() })),
      shapes: z.record(z.string(), z.record(z.string(), z.string())),
    }),
  ),
});

describe('npm run doctor -- --json', () => {
  it('tells how rows look, and nothing of what they hold', async () => {
    const { code, out } = await doctor(sandbox.env, '--json');
    expect(code).toBe(0);
    const { sections } = report.parse(JSON.parse(out));
    expect(sections.map((it) => it.upstream)).toEqual([null, 'LUCCA', 'NAVER', 'CTRL_HUB']);
    const shapes = Object.assign({}, ...sections.map((it) => it.shapes));
    expect(Object.keys(shapes).sort()).toEqual(
      [
        'employee',
        'employees',
        'grade',
        'job',
        'job-qualifications',
        'job-role-assignments',
        'members',
        'professions',
      ].sort(),
    );
    expect(shapes.employee).toMatchObject({
      empId: expect.stringMatching(/^string\(36, uuid\) ×\d+/),
      emailAddress: expect.stringMatching(/^string\(\d+-\d+, e-mail\) ×\d+/),
      concurrentDeptExternalKeys: 'list(0) ×100',
    });
    const { lucca, naver, ctrlHub } = sandbox.company;
    const values = [
      ...lucca.employees.flatMap((it) => [it.id, it.email, it.employeeNumber]),
      ...lucca.jobQualifications.map((it) => it.title),
      ...naver.employees.flatMap((it) => [it.externalKey, it.empId, it.loginId, it.name]),
      ...ctrlHub.users.flatMap((it) => [it.id, it.email]),
      ...[
        ctrlHub.organisations[0]?.id,
        naver.companyId,
        ...Object.values(sandbox.env).filter((it) => !/^\d+$/.test(it)),
      ],
    ];
    const shown = values.filter((it) => it != null && it.length > 4 && out.includes(it));
    expect(shown).toEqual([]);
  });
});
