import { UpstreamError } from '../../src/errors.ts';
import { UpstreamMonitor } from '../../src/http/monitor.ts';
import type { CtrlHubData, CtrlHubJobRoleRow } from '../../src/sandbox/company/data.ts';
import { type CtrlHubEmulator, startCtrlHubEmulator } from '../../src/sandbox/ctrl-hub/ctrl-hub-emulator.ts';
import type { CtrlHubKnobs } from '../../src/sandbox/ctrl-hub/knobs.ts';
import type { Reply } from '../../src/sandbox/emulator.ts';
import { type CtrlHubClient, type CtrlHubConfig, createCtrlHubClient } from '../../src/upstreams/ctrl-hub/client.ts';
import { type CtrlHubRows, ctrlHubRows } from './whole-lists.ts';

/** The first letters tell the kind, so that an id in the wrong place matches nothing. */
const uuid = (kind: string, n: number) => `${kind}-7a11-4c3d-9b2e-${n.toString(16).padStart(12, '0')}`;

export const organisationId = (n: number) => uuid('0a0a0a0a', n);
export const userId = (n: number) => uuid('1b1b1b1b', n);
export const roleId = (n: number) => uuid('2c2c2c2c', n);
export const assignmentId = (n: number) => uuid('3d3d3d3d', n);

export const jobRole = (n: number, changes: Partial<CtrlHubJobRoleRow> = {}): CtrlHubJobRoleRow => ({
  id: roleId(n),
  name: `Role ${n}`,
  description: `Does the work of role ${n}`,
  jobRoleType: 'internal',
  required: [`CERT-${n}`],
  optional: [],
  organisationId: organisationId(1),
  createdAt: '2024-02-01T09:00:00Z',
  updatedAt: '2024-03-01T09:00:00.123456789Z',
  deletedAt: null,
  ...changes,
});

/** Assignment n is held by user n % users in role n % roles, later than the one before; every third one is a cover. */
export function invented({ users = 4, roles = 3, assignments = 10 } = {}): CtrlHubData {
  return {
    organisations: [
      { id: organisationId(1), name: 'Ateliers Kerguelen', slug: 'ateliers-kerguelen', description: '' },
      { id: organisationId(2), name: '바람 조선', slug: 'baram', description: 'Sister' },
    ],
    users: Array.from({ length: users }, (_, n) => ({
      id: userId(n),
      email: `user-${n}@kerguelen.example`,
      firstName: `First ${n}`,
      lastName: `Last ${n}`,
      organisationIds: [organisationId(1)],
    })),
    jobRoles: Array.from({ length: roles }, (_, n) => jobRole(n)),
    assignments: Array.from({ length: assignments }, (_, n) => ({
      id: assignmentId(n),
      userId: userId(n % users),
      roleId: roleId(n % roles),
      type: n % 3 === 2 ? 'cover' : 'main_layer',
      createdAt: new Date(Date.UTC(2025, 0, 1, 0, n)).toISOString(),
    })),
  };
}

export type Stage = {
  ctrlHub: CtrlHubEmulator;
  lists: CtrlHubClient;
  client: CtrlHubRows;
  monitor: UpstreamMonitor;
};

export async function onStage<T>(
  options: { data?: CtrlHubData; knobs?: Partial<CtrlHubKnobs>; config?: Partial<CtrlHubConfig> },
  act: (stage: Stage) => Promise<T>,
): Promise<T> {
  const { data = invented(), knobs = {}, config = {} } = options;
  const ctrlHub = await startCtrlHubEmulator({ data, knobs });
  const monitor = new UpstreamMonitor();
  const { baseUrl, sessionToken } = ctrlHub;
  const lists = createCtrlHubClient(
    { baseUrl, sessionToken, organisationId: ctrlHub.organisationId, pageSize: 100, filterDialect: 'named', ...config },
    monitor,
  );
  try {
    return await act({ ctrlHub, lists, client: ctrlHubRows(lists), monitor });
  } finally {
    await lists.close();
    await ctrlHub.close();
  }
}

export const targets = (ctrlHub: CtrlHubEmulator): string[] => ctrlHub.requests.map((it) => it.target);

/** Queries of the assignment list, decoded, without limit and offset. */
export const filters = (ctrlHub: CtrlHubEmulator): (string | null)[] =>
  targets(ctrlHub).map((it) => new URL(it, ctrlHub.origin).searchParams.get('filter'));

/** The error that `read` fails with when Ctrl Hub keeps answering `reply`. */
export const failureOn = (reply: Reply, read: (client: CtrlHubRows) => Promise<unknown>): Promise<UpstreamError> =>
  onStage({}, async ({ ctrlHub, client }) => {
    ctrlHub.inject({ reply, times: 9 });
    return failureOf(read(client));
  });

export async function failureOf(promise: Promise<unknown>): Promise<UpstreamError> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof UpstreamError) return error;
    throw error;
  }
  throw new Error('Expected an UpstreamError, got an answer.');
}
