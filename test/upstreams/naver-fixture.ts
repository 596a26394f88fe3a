import { UpstreamError } from '../../src/errors.ts';
import { UpstreamMonitor } from '../../src/http/monitor.ts';
import type { NaverData, NaverEmployeeRow, NaverItemRow } from '../../src/sandbox/company/data.ts';
import { type EmulatorRequest, startEmulator } from '../../src/sandbox/emulator.ts';
import type { NaverKnobs } from '../../src/sandbox/naver/knobs.ts';
import { type NaverEmulator, startNaverEmulator } from '../../src/sandbox/naver/naver-emulator.ts';
import { createNaverClient, type NaverClient, type NaverConfig } from '../../src/upstreams/naver/client.ts';
import { type NaverRows, naverRows } from './whole-lists.ts';

const companyId = 'c0ffee00-1111-4222-8333-444455556666';
export const company = `/organization/apigw/v2/company/${companyId}`;

export const item = (externalKey: string | null, changes: Partial<NaverItemRow> = {}): NaverItemRow => ({
  externalKey,
  name: `Name of ${externalKey}`,
  i18nNames: {},
  sortOrder: 1,
  itemUsed: true,
  ...changes,
});

export const employee = (externalKey: string | null, changes: Partial<NaverEmployeeRow> = {}): NaverEmployeeRow => ({
  externalKey,
  empId: null,
  loginId: `login-${externalKey}@ondo.by-works.com`,
  emailAddress: `mail-${externalKey}@ondo.example`,
  name: `Person ${externalKey}`,
  i18nNames: {},
  employYmd: '2021-03-02',
  empNo: null,
  gradeExternalKey: null,
  jobExternalKey: null,
  deptExternalKey: 'D-700',
  ...changes,
});

export type Stage = {
  naver: NaverEmulator;
  lists: NaverClient;
  client: NaverRows;
  monitor: UpstreamMonitor;
  targets: () => string[];
};

/** A client in front of the emulated vendor; `play` gets both, and both are closed after it. */
export async function withNaver(
  { data = {}, knobs = {}, config = {} }: StageOptions,
  play: (stage: Stage) => Promise<void>,
): Promise<void> {
  const naver = await startNaverEmulator({ data: { companyId, grades: [], jobs: [], employees: [], ...data }, knobs });
  const monitor = new UpstreamMonitor();
  const { baseUrl, accessKey, secretKey } = naver;
  const lists = createNaverClient({ baseUrl, companyId, accessKey, secretKey, pageSize: 100, ...config }, monitor);
  try {
    await play({
      naver,
      lists,
      client: naverRows(lists),
      monitor,
      targets: () => naver.requests.map((it) => it.target),
    });
  } finally {
    await lists.close();
    await naver.close();
  }
}

type StageOptions = { data?: Partial<NaverData>; knobs?: Partial<NaverKnobs>; config?: Partial<NaverConfig> };

export type Answer = { status?: number; headers?: Record<string, string>; body?: unknown };

/** A client in front of a server that answers whatever `answer` says; gives what `ask` gives, and the requests. */
export async function askAgainst<T>(
  answer: Answer | ((request: EmulatorRequest) => Answer),
  ask: (client: NaverRows, lists: NaverClient) => Promise<T>,
  path = '',
): Promise<{ value: T; requests: EmulatorRequest[] }> {
  const requests: EmulatorRequest[] = [];
  const server = await startEmulator((request) => {
    requests.push(request);
    const { status = 200, headers = {}, body } = typeof answer === 'function' ? answer(request) : answer;
    return { status, headers, body };
  });
  const config = { companyId, accessKey: 'AK-EXAMPLE-0001', secretKey: 'secret-example', pageSize: 100 };
  const client = createNaverClient({ ...config, baseUrl: server.origin + path }, new UpstreamMonitor());
  try {
    return { value: await ask(naverRows(client), client), requests };
  } finally {
    await client.close();
    await server.close();
  }
}

/** The UpstreamError that a call ends in. */
export async function failureOf(call: Promise<unknown>): Promise<UpstreamError> {
  const error = await call.then(
    () => new Error('the call succeeded'),
    (reason: unknown) => reason,
  );
  if (error instanceof UpstreamError) return error;
  throw error;
}
