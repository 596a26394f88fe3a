import { after, before, type Edit, type Recipe } from './recipe.ts';

const domain = `
/** Payroll: somebody who is paid. */
export type Payee = { payrollId: string; email: string | null; name: string };
`;

const client = `
import { z } from 'zod';
import type { ListOf, OnProgress, Reading } from '../../domain/list-reading.ts';
import type { Payee } from '../../domain/payee.ts';
import { createHttpClient } from '../../http/client.ts';
import { parseJson } from '../../http/json.ts';
import type { UpstreamMonitor } from '../../http/monitor.ts';
import type { Network } from '../../http/network.ts';

export type PayrollConfig = { baseUrl: string; network?: Network };

const wire = z.array(z.object({ payrollId: z.string(), email: z.string().nullable(), name: z.string() }));

/** Everybody on the payroll. Attempts may throw an UpstreamError. */
export function createPayrollClient({ baseUrl, network }: PayrollConfig, monitor: UpstreamMonitor) {
  const http = createHttpClient({ upstream: 'PAYROLL', origin: baseUrl, monitor, concurrency: 1, network });

  async function attempt(onProgress: OnProgress): Promise<ListOf<Payee>> {
    const rows = await http.send({
      ...{ method: 'GET' as const, route: '/payees', isSafe: true },
      prepare: () => ({ target: '/payees', headers: { accept: 'application/json' } }),
      read: ({ text }) => parseJson(text, wire, { upstream: 'PAYROLL', subject: 'The list of payees' }),
    });
    onProgress(rows.length, rows.length);
    return { rows, skipped: [], pages: 1 };
  }

  return {
    payees: (_previous: ListOf<Payee> | null): Reading<ListOf<Payee>> => ({ attempt }),
    close: () => http.close(),
  };
}
`;

const source = `
import type { Payee } from '../../domain/payee.ts';
import type { PeopleSource } from '../../domain/people-source.ts';

/** Everybody on the payroll as the directory sees them. */
export const payrollPeople: PeopleSource<Payee, 'PAYROLL'> = {
  name: 'PAYROLL',
  keys: [{ prefix: 'P', of: ({ payrollId }) => payrollId }],
  ignoresCaseOfKeys: false,
  traitsOf: ({ email }) => ({ email, remoteId: null, employeeNumber: null }),
  namesOf: ({ name }) => ({ given: null, family: null, full: name }),
  isFormer: () => false,
};
`;

const settings = `
function readPayroll(env: Environment): UpstreamsConfig['PAYROLL'] {
  const baseUrl = env.read('PAYROLL_BASE_URL', webAddress);
  return baseUrl === undefined ? null : { baseUrl, allowance: null };
}
`;

const replaced = (file: string, of: string, to: string): Edit => ({ file, of, to });

/** A new upstream that bears people, behind all others: an invented payroll. */
export const upstreamRecipe: Recipe = {
  files: {
    'src/domain/payee.ts': domain,
    'src/upstreams/payroll/client.ts': client,
    'src/upstreams/payroll/people-source.ts': source,
  },
  edits: [
    replaced('src/domain/upstream.ts', "['LUCCA', 'NAVER', 'CTRL_HUB']", "['LUCCA', 'NAVER', 'CTRL_HUB', 'PAYROLL']"),
    after(
      'src/domain/upstream.ts',
      "  CTRL_HUB: { name: 'Ctrl Hub', shortName: 'Ctrl Hub', owns: 'job roles and who holds them' },",
      "  PAYROLL: { name: 'Payroll', shortName: 'Payroll', owns: 'who is paid' },",
    ),
    before(
      'src/domain/employee.ts',
      "import type { CtrlHubUser, LuccaEmployee, NaverPerson } from './people.ts';",
      "import type { Payee } from './payee.ts';",
    ),
    replaced('src/domain/employee.ts', 'CTRL_HUB: CtrlHubUser };', 'CTRL_HUB: CtrlHubUser; PAYROLL: Payee };'),
    after(
      'src/upstreams/upstreams.ts',
      "import { createNaverClient } from './naver/client.ts';",
      "import { createPayrollClient } from './payroll/client.ts';",
    ),
    after('src/upstreams/upstreams.ts', '  CTRL_HUB: createCtrlHubClient,', '  PAYROLL: createPayrollClient,'),
    before(
      'src/config/upstream-settings.ts',
      '} as const satisfies Record<Upstream, readonly string[]>;',
      "  PAYROLL: ['PAYROLL_BASE_URL'],",
    ),
    replaced(
      'src/config/upstream-settings.ts',
      'NAVER: readNaver(env) };',
      'NAVER: readNaver(env), PAYROLL: readPayroll(env) };',
    ),
    before('src/config/upstream-settings.ts', 'function whyNeededBy(', settings.trimStart()),
    after('src/loaders/list-names.ts', "  assignments: 'CTRL_HUB',", "  payees: 'PAYROLL',"),
    after(
      'src/loaders/people-sources.ts',
      "import { naverPeople } from '../upstreams/naver/people-source.ts';",
      "import { payrollPeople } from '../upstreams/payroll/people-source.ts';",
    ),
    after(
      'src/loaders/people-sources.ts',
      '  CTRL_HUB: { source: ctrlHubPeople, recordsIn: ctrlHubUsers, hidesHalfNames: true },',
      '  PAYROLL: { source: payrollPeople, recordsIn: ({ payees }) => payees?.rows ?? none },',
    ),
    before(
      'src/loaders/people-sources.ts',
      "  assignments: ({ userId }) => ({ upstream: 'CTRL_HUB', keys: [userId], traits: null }),",
      "  payees: (row) => identifiersOf('PAYROLL', row),",
    ),
  ],
  emulator: [],
};
