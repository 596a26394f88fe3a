import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { EmulatorRequest, Reply } from '../emulator.ts';
import { type Session, sandboxPassword } from './credentials.ts';
import { parseJson } from './json-body.ts';
import type { CtrlHubState, Route } from './state.ts';

const flowLifetimeMs = 3_600_000;

const passwordLogin = z.object({ identifier: z.string(), password: z.string(), method: z.literal('password') });
const logout = z.object({ session_token: z.string() });

/**
 * How a user opens and ends a session: an Ory Kratos "API flow". Its paths, members and errors are those of Kratos, not of
 * JSON:API (Ctrl Hub SDKs for Kotlin and Swift: authentication). A flow serves one login.
 */
export function loginFlow(): Route[] {
  const flows = new Map<string, number>();

  const startFlow = ({ credentials, now }: CtrlHubState, { headers, query }: EmulatorRequest): Reply => {
    // A refresh is not a silent renewal: the user of the session has to enter the password again.
    const isRefresh = query.get('refresh') === 'true';
    if (isRefresh && credentials.sessionHolder(headers) === undefined) {
      return kratosError(401, 'Unauthorized', 'No active session was found in this request.');
    }
    const id = randomUUID();
    flows.set(id, now().getTime() + flowLifetimeMs);
    return { status: 200, body: { id } };
  };

  const completeFlow = (state: CtrlHubState, { query, body }: EmulatorRequest): Reply => {
    const flowId = query.get('flow') ?? '';
    if ((flows.get(flowId) ?? 0) <= state.now().getTime()) {
      return kratosError(410, 'Gone', 'The login flow is unknown, expired or already completed.');
    }
    const given = passwordLogin.safeParse(parseJson(body));
    if (!given.success) return kratosError(400, 'Bad Request', 'identifier, password and method are required.');
    const identifier = given.data.identifier.toLowerCase();
    const user = state.data.users.find((candidate) => candidate.email.toLowerCase() === identifier);
    if (user === undefined || given.data.password !== sandboxPassword) return badCredentials(flowId);
    flows.delete(flowId);
    return { status: 200, body: sessionDocument(state.credentials.openSession(user.id)) };
  };

  const endSession = ({ credentials }: CtrlHubState, { body }: EmulatorRequest): Reply => {
    const given = logout.safeParse(parseJson(body));
    if (!given.success) return kratosError(400, 'Bad Request', 'session_token is required.');
    if (credentials.endSession(given.data.session_token)) return { status: 204 };
    return kratosError(403, 'Forbidden', 'The session token is malformed or does not exist.');
  };

  return [
    { path: /^\/self-service\/login\/api$/, methods: { GET: startFlow } },
    { path: /^\/self-service\/login$/, methods: { POST: completeFlow } },
    { path: /^\/self-service\/logout\/api$/, methods: { DELETE: endSession } },
  ];
}

const sessionDocument = ({ token, id, authenticatedAt, expiresAt }: Session) => ({
  session_token: token,
  session: { id, active: true, expires_at: nanoseconds(expiresAt), authenticated_at: nanoseconds(authenticatedAt) },
});

/** Kratos writes nine fraction digits. */
const nanoseconds = (time: Date): string => time.toISOString().replace('Z', '000000Z');

const badCredentials = (flowId: string): Reply => ({
  status: 400,
  body: {
    id: flowId,
    type: 'api',
    ui: {
      messages: [
        { id: 4000006, type: 'error', text: 'The provided credentials are invalid, check your password and e-mail.' },
      ],
    },
  },
});

const kratosError = (code: number, status: string, reason: string): Reply => ({
  status: code,
  body: { error: { code, status, reason, message: reason } },
});
