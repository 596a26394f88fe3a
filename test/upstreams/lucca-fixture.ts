import { expect } from 'vitest';
import { UpstreamError } from '../../src/errors.ts';
import { UpstreamMonitor } from '../../src/http/monitor.ts';
import type { LuccaData, LuccaEmployeeRow } from '../../src/sandbox/company/data.ts';
import { type EmulatorRequest, type Reply, startEmulator } from '../../src/sandbox/emulator.ts';
import {
  type LuccaEmulator,
  type LuccaOptions,
  sandboxLuccaClient,
  startLuccaEmulator,
} from '../../src/sandbox/lucca/lucca-emulator.ts';
import { createLuccaClient, type LuccaClient, type LuccaConfig } from '../../src/upstreams/lucca/client.ts';
import { type LuccaRows, luccaRows } from './whole-lists.ts';

const stamp = { createdAt: '2024-01-15T08:00:00.1234Z', lastUpdatedAt: '2024-02-16T09:30:00.0001Z' };

const person = (id: string, changes: Partial<LuccaEmployeeRow> = {}): LuccaEmployeeRow => ({
  id,
  remoteId: null,
  givenName: 'Given',
  familyName: `Family ${id}`,
  email: `person.${id}@ondo.example`,
  employeeNumber: null,
  ...stamp,
  ...changes,
});

const position = (id: string, employeeId: string, employmentId: string, jobQualificationId: string | null) => ({
  id,
  employeeId,
  employmentId,
  startsOn: '2024-01-01',
  jobTitle: `Title of ${id}`,
  jobQualificationId,
  departmentId: '6001',
});

/** Today is 2026-05-04: Inês and Bao are employed, Kwame starts in June, Maja left, Lars was never employed. */
const company = (): LuccaData => ({
  employees: [
    person('1001', { givenName: 'Inês', familyName: 'Ferreira-Costa', email: 'ines@ondo.example', remoteId: 'R-1' }),
    person('1002', { givenName: 'Kwame', familyName: 'Mensah', email: null, employeeNumber: '0042' }),
    person('1003', { givenName: 'Maja', familyName: 'Nowak', email: 'Maja.Nowak@ondo.example' }),
    person('1004', { givenName: '바오', familyName: 'Trần', email: 'bao@ondo.example' }),
    person('1005', { givenName: 'Lars', familyName: 'Åberg', email: 'lars@ondo.example' }),
  ],
  employments: [
    { id: '2001', employeeId: '1001', startsOn: '2024-01-01', endsOn: null },
    { id: '2002', employeeId: '1002', startsOn: '2026-06-01', endsOn: null },
    { id: '2003', employeeId: '1003', startsOn: '2020-01-01', endsOn: '2026-05-03' },
    { id: '2004', employeeId: '1004', startsOn: '2021-03-01', endsOn: null },
  ],
  jobPositions: [
    position('3001', '1001', '2001', '41'),
    { ...position('3002', '1002', '2002', '42'), startsOn: '2026-06-01' },
    { ...position('3003', '1003', '2003', null), startsOn: '2020-01-01' },
    position('3004', '1004', '2004', '41'),
  ],
  jobQualifications: [
    { id: '41', title: 'Senior Baker', professionId: '51', rank: 3, titles: { 'fr-FR': 'Boulanger' }, ...stamp },
    { id: '42', title: 'Head Baker', professionId: '51', rank: 4, titles: {}, ...stamp },
  ],
  professions: [
    { id: '51', title: 'Baker', isArchived: false, titles: { fr: 'Boulangerie' } },
    { id: '52', title: 'Miller', isArchived: true, titles: {} },
  ],
});

/** `count` people without anything else, with ids from 100001 on. */
export const crowd = (count: number): LuccaData => ({
  ...company(),
  employees: Array.from({ length: count }, (_, index) => person(String(100_001 + index))),
});

export type Stage = {
  lucca: LuccaEmulator;
  lists: LuccaClient;
  client: LuccaRows;
  monitor: UpstreamMonitor;
  /** What was sent to the API, the token endpoint left out: targets, and whole requests with their headers. */
  targets: () => string[];
  received: EmulatorRequest[];
};

/** A client in front of the emulated vendor; `play` gets both, and both are closed after it. */
export async function withLucca(
  options: Partial<LuccaOptions> & { config?: Partial<LuccaConfig> },
  play: (stage: Stage) => Promise<void>,
): Promise<void> {
  const { config, ...rest } = options;
  const now = () => new Date('2026-05-04T12:00:00Z');
  const lucca = await startLuccaEmulator({ data: company(), now, rateLimit: null, ...rest });
  const received: EmulatorRequest[] = [];
  lucca.inject({
    times: Number.POSITIVE_INFINITY,
    matches: (request) => {
      if (request.method === 'GET') received.push(request);
      return false;
    },
  });
  const monitor = new UpstreamMonitor();
  const lists = createLuccaClient({ ...configOf(lucca), ...config }, monitor);
  try {
    await play({
      lucca,
      lists,
      client: luccaRows(lists),
      monitor,
      received,
      targets: () => received.map((it) => it.target),
    });
  } finally {
    await lists.close();
    await lucca.close();
  }
}

export const configOf = ({ baseUrl, tokenUrl }: { baseUrl: string; tokenUrl: string }): LuccaConfig => ({
  baseUrl,
  tokenUrl,
  clientId: sandboxLuccaClient.id,
  clientSecret: sandboxLuccaClient.secret,
  apiVersion: '2024-11-01',
  scopes: sandboxLuccaClient.scopes.join(' '),
});

/** A client in front of a server that grants every token and otherwise answers whatever `answer` says. */
export async function againstServer<T>(
  answer: (request: EmulatorRequest, origin: string) => Reply | Promise<Reply>,
  ask: (client: LuccaRows, lists: LuccaClient) => Promise<T>,
  path = '/lucca-api',
): Promise<{ value: T; requests: EmulatorRequest[] }> {
  const requests: EmulatorRequest[] = [];
  const server = await startEmulator((request) => {
    if (request.path === '/token') return { status: 200, body: { access_token: 'granted', expires_in: 1800 } };
    requests.push(request);
    return answer(request, server.origin);
  });
  const config = configOf({ baseUrl: `${server.origin}${path}`, tokenUrl: `${server.origin}/token` });
  const client = createLuccaClient(config, new UpstreamMonitor());
  try {
    return { value: await ask(luccaRows(client), client), requests };
  } finally {
    await client.close();
    await server.close();
  }
}

/** The UpstreamError that a promise fails with. */
export async function failureOf(promise: Promise<unknown>): Promise<UpstreamError> {
  const error = await promise.then(
    () => expect.fail('It did not fail.'),
    (reason: unknown) => reason,
  );
  if (error instanceof UpstreamError) return error;
  throw error;
}

export const idsOf = (rows: readonly { luccaId: string }[]): string[] => rows.map((it) => it.luccaId);
