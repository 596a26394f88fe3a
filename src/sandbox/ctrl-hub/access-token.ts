import type { EmulatorRequest, Reply } from '../emulator.ts';
import { serviceAccount } from './credentials.ts';
import { essenceOf } from './media-types.ts';
import type { CtrlHubState, Route } from './state.ts';

/**
 * OAuth2 client credentials for service accounts: a form with the key in its body, no Basic header (Ctrl Hub docs:
 * authentication; Ctrl Hub SDK for TypeScript). Responds with access_token, token_type and expires_in (seconds, RFC 6749).
 */
export const accessTokenRoute: Route = { path: /^\/oauth2\/token$/, methods: { POST: issueToken } };

function issueToken({ credentials, knobs }: CtrlHubState, { headers, body }: EmulatorRequest): Reply {
  if (essenceOf(headers['content-type'] ?? '') !== 'application/x-www-form-urlencoded') {
    return oauthError(400, 'invalid_request', 'The body must be a form.');
  }
  const form = new URLSearchParams(body.toString('utf8'));
  if (form.get('grant_type') !== 'client_credentials') {
    return oauthError(400, 'unsupported_grant_type', 'Only client_credentials is offered.');
  }
  const isKnown =
    form.get('client_id') === serviceAccount.clientId && form.get('client_secret') === serviceAccount.clientSecret;
  if (!isKnown) return oauthError(401, 'invalid_client', 'Client authentication failed.');
  const { token, expiresInSeconds } = credentials.issueAccessToken();
  return {
    status: 200,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
    body: {
      access_token: token,
      token_type: 'bearer',
      ...(knobs.expiresIn === 'number' && { expires_in: expiresInSeconds }),
      ...(knobs.expiresIn === 'text' && { expires_in: String(expiresInSeconds) }),
    },
  };
}

const oauthError = (status: number, error: string, description: string): Reply => ({
  status,
  body: { error, error_description: description },
});
