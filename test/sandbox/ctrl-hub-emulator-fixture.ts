import { afterEach } from 'vitest';
import type { CtrlHubData } from '../../src/sandbox/company/data.ts';
import {
  type CtrlHubEmulator,
  type CtrlHubOptions,
  startCtrlHubEmulator,
} from '../../src/sandbox/ctrl-hub/ctrl-hub-emulator.ts';

export const uuid = (family: string, number: number) =>
  `${family.repeat(8)}-0000-4000-8000-${String(number).padStart(12, '0')}`;
export const [harbour, quarry] = [uuid('a', 1), uuid('a', 2)];
export const [amina, bjorn, chiara] = [uuid('b', 1), uuid('b', 2), uuid('b', 3)];
export const [crane, firstAid, retired] = [uuid('c', 1), uuid('c', 2), uuid('c', 3)];
export const path = '/v3/job-role-assignments';

const role = (id: string, name: string, organisationId: string | null, deletedAt: string | null = null) => {
  const times = { createdAt: '2024-01-01T00:00:00Z', updatedAt: '2024-02-01T00:00:00.123Z', deletedAt };
  return {
    id,
    name,
    description: '',
    jobRoleType: 'internal',
    required: ['Q1'],
    optional: [],
    organisationId,
    ...times,
  };
};

const assignment = (number: number, userId: string, roleId: string, type: string | null = 'main_layer') => {
  const createdAt = `2024-03-0${number}T09:00:00Z`;
  return { id: uuid('d', number), userId, roleId, type, createdAt };
};

const company = (): CtrlHubData => ({
  organisations: [
    { id: harbour, name: 'Harbour', slug: 'harbour', description: '' },
    { id: quarry, name: 'Quarry', slug: 'quarry', description: '' },
  ],
  users: [
    { id: amina, email: 'amina@example.org', firstName: 'Amina', lastName: 'Diallo', organisationIds: [harbour] },
    { id: bjorn, email: 'Bjorn@example.org', firstName: 'Bjørn', lastName: 'Lie', organisationIds: [harbour, quarry] },
    { id: chiara, email: 'chiara@example.org', firstName: '', lastName: '', organisationIds: [quarry] },
  ],
  jobRoles: [
    role(crane, 'Crane operator', harbour),
    role(firstAid, 'First aider', null),
    role(retired, 'Lamplighter', harbour, '2024-06-01T00:00:00Z'),
  ],
  // Stored out of order: the answer is by creation.
  assignments: [
    assignment(3, bjorn, firstAid, null),
    assignment(1, amina, crane),
    assignment(2, bjorn, crane, "site's own"),
    assignment(4, chiara, retired),
  ],
});

const running: CtrlHubEmulator[] = [];

/** Each emulator that a test starts ends with the test, in the file that calls this. */
export function closeAfterEachTest(): void {
  afterEach(() => Promise.all(running.splice(0).map((it) => it.close())));
}

export async function start(options: Partial<CtrlHubOptions> = {}): Promise<CtrlHubEmulator> {
  const emulator = await startCtrlHubEmulator({ data: company(), ...options });
  running.push(emulator);
  return emulator;
}

/** `body` is parsed JSON without a type: what it must be is for the assertions to say. */
export type Answer = { status: number; headers: Headers; body: ReturnType<typeof JSON.parse> };

export async function ask(emulator: CtrlHubEmulator, target: string, init: RequestInit = {}): Promise<Answer> {
  const headers = { 'x-session-token': emulator.sessionToken, ...init.headers };
  const response = await fetch(`${emulator.baseUrl}${target}`, { ...init, headers });
  const text = await response.text();
  const isJson = (response.headers.get('content-type') ?? '').includes('json');
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
}

export const numbersOf = (body: { data: { id: string }[] }): number[] =>
  body.data.map(({ id }) => Number(id.slice(-12)));
