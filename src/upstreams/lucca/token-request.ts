import { z } from 'zod';
import { UpstreamError } from '../../errors.ts';
import type { HttpClient, HttpResponse } from '../../http/client.ts';
import { parseJson, tryParseJson } from '../../http/json.ts';
import { failureOfStatus } from './failure.ts';

/** The path as Lucca documents it; LUCCA_TOKEN_URL is its address. */
export const tokenRoute = '/connect/token';

const subject = 'The access token';

const tokenWire = z.object({
  access_token: z.string().regex(/^[\x21-\x7e]+$/),
  /** Optional in OAuth (RFC 6749, section 5.1); some servers send digits as text. Zero: the token can be used once. */
  expires_in: z
    .union([z.number().nonnegative(), z.string().regex(/^\d+$/).transform(Number)])
    .nullish()
    .catch(null),
});
const refusalWire = z.object({ error: z.string().regex(/^[a-z_]{1,40}$/) });

/** RFC 6749, section 5.2: a scope that the client application was not given. */
const invalidScope = 'invalid_scope';

export const isInvalidScope = (error: unknown): error is UpstreamError =>
  error instanceof UpstreamError && error.vendorCode === invalidScope;

/**
 * One request for an access token (OAuth 2 client credentials in the form body; Lucca docs: authentication). Throws
 * UPSTREAM_AUTH_FAILED with OAuth's error code as `vendorCode`, else the errors of any request.
 */
export function requestToken(
  http: HttpClient,
  url: URL,
  { clientId, clientSecret, scopes }: { clientId: string; clientSecret: string; scopes: string },
): Promise<z.infer<typeof tokenWire>> {
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: clientSecret,
    scope: scopes,
  });
  const headers = { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' };
  return http.send({
    ...{ method: 'POST', route: tokenRoute, isSafe: true },
    prepare: () => ({ target: url.pathname + url.search, headers, body: form.toString() }),
    read: readToken,
  });
}

function readToken(response: HttpResponse): z.infer<typeof tokenWire> {
  if (response.status === 200) return parseJson(response.text, tokenWire, { upstream: 'LUCCA', subject });
  const error = tryParseJson(response.text, refusalWire)?.error;
  const got = `expected HTTP 200, got ${response.status}${error === undefined ? '' : ` (${error})`}`;
  if (response.status !== 400 && response.status !== 401 && response.status !== 403) {
    throw failureOfStatus(response, { message: `${subject}: ${got}. Check LUCCA_TOKEN_URL or try again later.` });
  }
  throw new UpstreamError({
    code: 'UPSTREAM_AUTH_FAILED',
    upstream: 'LUCCA',
    status: response.status,
    vendorCode: error,
    message: `${subject}: ${got}. Check LUCCA_CLIENT_ID, LUCCA_CLIENT_SECRET and LUCCA_SCOPES.`,
  });
}
