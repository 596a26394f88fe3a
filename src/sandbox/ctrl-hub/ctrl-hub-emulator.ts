import { randomUUID } from 'node:crypto';
import type { CtrlHubData } from '../company/data.ts';
import { type Emulator, type EmulatorOptions, type EmulatorRequest, type Reply, startEmulator } from '../emulator.ts';
import { accessTokenRoute } from './access-token.ts';
import { createAssignment } from './create-assignment.ts';
import { Credentials } from './credentials.ts';
import { listOrganisations, readOrganisation, whoami } from './directory.ts';
import { type CtrlHubKnobs, defaultKnobs } from './knobs.ts';
import { listAssignments } from './list-assignments.ts';
import { loginFlow } from './login-flow.ts';
import { checkAccept } from './media-types.ts';
import {
  listMembers,
  listServiceAccounts,
  listTeams,
  memberStats,
  olderMemberStats,
  readMember,
  readTeam,
} from './members.ts';
import { Problem, problemReply } from './problems.ts';
import type { CtrlHubState, Handler, Route } from './state.ts';

export type CtrlHubOptions = EmulatorOptions & {
  data: CtrlHubData;
  /** Valid from the start, as the session of the first user. */
  sessionToken?: string;
  now?: () => Date;
  knobs?: Partial<CtrlHubKnobs>;
};

export type CtrlHubEmulator = Emulator & {
  /** The origin, without /v3; also the origin of the authentication host. */
  baseUrl: string;
  /** The first organisation of the data. */
  organisationId: string;
  sessionToken: string;
  data: CtrlHubData;
  knobs: CtrlHubKnobs;
  /** Ends every issued session and access token; after that, clients must sign in again. */
  expireSessions(): void;
};

const apiRoutes: Route[] = [
  { path: /^\/v3\/job-role-assignments$/, methods: { GET: listAssignments, POST: createAssignment } },
  { path: /^\/v3\/orgs$/, methods: { GET: listOrganisations } },
  { path: /^\/v3\/orgs\/([^/]+)$/, methods: { GET: readOrganisation } },
  { path: /^\/v3\/orgs\/([^/]+)\/iam\/members$/, methods: { GET: listMembers } },
  { path: /^\/v3\/orgs\/([^/]+)\/iam\/members\/stats$/, methods: { GET: olderMemberStats } },
  { path: /^\/v3\/orgs\/([^/]+)\/iam\/members\/([^/]+)$/, methods: { GET: readMember } },
  { path: /^\/v3\/orgs\/([^/]+)\/iam\/member-stats$/, methods: { GET: memberStats } },
  { path: /^\/v3\/orgs\/([^/]+)\/iam\/service-accounts$/, methods: { GET: listServiceAccounts } },
  { path: /^\/v3\/orgs\/([^/]+)\/people\/teams$/, methods: { GET: listTeams } },
  { path: /^\/v3\/orgs\/([^/]+)\/people\/teams\/([^/]+)$/, methods: { GET: readTeam } },
  { path: /^\/v3\/(?:iam\/)?whoami$/, methods: { GET: whoami } },
];

/**
 * Serves Ctrl Hub's API and its authentication host on one loopback port. It reads `data` at each request, and a POST adds
 * to it. Throws if the data has no organisation.
 */
export async function startCtrlHubEmulator({
  data,
  sessionToken = 'sandbox-ctrl-hub-session',
  now = () => new Date(),
  knobs: chosen,
  ...options
}: CtrlHubOptions): Promise<CtrlHubEmulator> {
  const [organisation] = data.organisations;
  if (organisation === undefined) throw new Error('The Ctrl Hub emulator needs an organisation.');
  const knobs = { ...defaultKnobs, ...chosen };
  const credentials = new Credentials(knobs, now);
  credentials.admit(sessionToken, data.users[0]?.id ?? null);
  const state: CtrlHubState = { data, knobs, now, credentials };
  const publicRoutes = [...loginFlow(), accessTokenRoute];

  const emulator = await startEmulator((request) => {
    const { headers, ...reply } = finished(replyTo(state, request, publicRoutes), knobs);
    return { ...reply, headers: { 'x-trace-id': randomUUID(), ...headers } };
  }, options);
  return Object.assign(emulator, {
    baseUrl: emulator.origin,
    organisationId: organisation.id,
    sessionToken,
    data,
    knobs,
    expireSessions: () => credentials.expireAll(),
  });
}

function replyTo(state: CtrlHubState, request: EmulatorRequest, publicRoutes: readonly Route[]): Reply {
  if (headBytes(request) > state.knobs.maxHeadBytes) return headTooLarge;
  try {
    const open = findRoute(publicRoutes, request);
    if (open !== undefined) return open.handler(state, request, ...open.pathIds);
    // Assumed: checked before the path and the form of the request.
    if (state.credentials.holderOf(request.headers) === undefined) {
      throw new Problem(401, { title: 'Unauthorized', detail: 'The session or access token is missing or expired.' });
    }
    const { handler, pathIds } = findRoute(apiRoutes, request) ?? noSuchPath();
    checkAccept(request.headers);
    return handler(state, request, ...pathIds);
  } catch (error) {
    if (error instanceof Problem) return problemReply(error, state.knobs.jsonapiVersion, state.knobs.errorShape);
    throw error;
  }
}

/** Adds another media type or a byte order mark, if the knobs say so. */
function finished({ status, headers, body }: Reply, { label, byteOrderMark }: CtrlHubKnobs): Reply {
  if (body === undefined) return { status, headers: headers ?? {} };
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const labelled = label === null ? {} : { 'content-type': label };
  return { status, headers: { ...headers, ...labelled }, body: byteOrderMark ? `\ufeff${text}` : body };
}

function findRoute(
  routes: readonly Route[],
  { path, method }: EmulatorRequest,
): { handler: Handler; pathIds: [string, string] } | undefined {
  const route = routes.find((candidate) => candidate.path.test(path));
  if (route === undefined) return undefined;
  const handler = route.methods[method];
  if (handler === undefined) {
    throw new Problem(405, { title: 'Method not allowed' }, { allow: Object.keys(route.methods).join(', ') });
  }
  const [, first = '', second = ''] = route.path.exec(path) ?? [];
  return { handler, pathIds: [first.toLowerCase(), second.toLowerCase()] };
}

function noSuchPath(): never {
  throw new Problem(404, { title: 'Not found', detail: 'There is no such path.' });
}

/** Assumed: the reply of a proxy in front, which does not use JSON:API. */
const headTooLarge: Reply = {
  status: 431,
  headers: { 'content-type': 'text/plain' },
  body: 'Request Header Fields Too Large',
};

/** The size of the request line, the header lines and the empty line, with line ends. */
function headBytes({ method, target, headers }: EmulatorRequest): number {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${[value].flat().join(', ')}`);
  return Buffer.byteLength([`${method} ${target} HTTP/1.1`, ...lines, '', ''].join('\r\n'));
}
