import { z } from 'zod';
import { UpstreamError } from '../../errors.ts';
import { createHttpClient, type HttpRequest, type HttpResponse } from '../../http/client.ts';
import { parseJson, tryParseJson } from '../../http/json.ts';
import { UpstreamMonitor } from '../../http/monitor.ts';
import type { Network } from '../../http/network.ts';
import { operationPatienceMs } from '../../http/request-context.ts';
import { SharedRead } from '../../http/shared-read.ts';
import { failureOfStatus } from './failure.ts';
import { type IssuedToken, noTokenStore, type TokenStore } from './token-store.ts';

export type ClientCredentials = {
  tokenUrl: string;
  clientId: string;
  clientSecret: string;
  scopes: string;
  network?: Network;
  /** Absent: each process requests its own token. */
  tokenStore?: TokenStore;
};

export type AccessTokens = {
  /** A token that stays valid for a while. Concurrent callers share one token request. */
  current(): Promise<string>;
  /** Discards a token that the API refused. */
  reject(token: string): void;
  close(): Promise<void>;
};

type Token = { value: string; renewAt: number; expiresAt: number };

/** The path as Lucca documents it; LUCCA_TOKEN_URL is its address. */
export const tokenRoute = '/connect/token';

const subject = 'The access token';
/** Assumed if the endpoint states no lifetime: shorter than any documented one. */
const assumedLifetimeSeconds = 300;
const renewalMarginSeconds = 60;
const pauseAfterFailureMs = 2_000;
const longestPauseMs = 60_000;

const tokenWire = z.object({
  access_token: z.string().regex(/^[\x21-\x7e]+$/),
  /** Optional in OAuth (RFC 6749, section 5.1); some servers send digits as text. Zero: the token can be used once. */
  expires_in: z
    .union([z.number().nonnegative(), z.string().regex(/^\d+$/).transform(Number)])
    .nullish()
    .catch(null),
});
const refusalWire = z.object({ error: z.string().regex(/^[a-z_]{1,40}$/) });

/**
 * OAuth 2 client credentials, sent in the form body (Lucca docs: authentication). A token is renewed a minute before it
 * expires, a short-lived one at half its lifetime. A failed renewal does not matter while the old token is valid. After
 * a failure, no token is requested for a short pause, or for the endpoint's Retry-After. `now` is in milliseconds.
 * `current` throws UPSTREAM_AUTH_FAILED if the credentials or scopes are refused, else the errors of any request.
 */
export function createAccessTokens(
  credentials: ClientCredentials,
  monitor: UpstreamMonitor,
  now: () => number = () => performance.now(),
): AccessTokens {
  const url = new URL(credentials.tokenUrl);
  // A separate monitor, because requests to the token host do not count towards the API's rate limit.
  const http = createHttpClient({
    upstream: 'LUCCA',
    origin: url.origin,
    monitor: new UpstreamMonitor(),
    concurrency: 1,
    network: credentials.network,
    attemptTimeoutMs: 3_000,
    deadlineMs: 6_000,
  });
  const store = credentials.tokenStore ?? noTokenStore;
  let latest: Token | null = null;
  let rejected: string | null = null;
  let renewal: SharedRead<string> | null = null;
  let failure: { error: unknown; until: number } | null = null;

  async function issue(): Promise<IssuedToken> {
    const requestedAt = now();
    const token = await http.send({ isSafe: true, prepare: () => tokenRequest(url, credentials), read: readToken });
    const lifetimeMs = (token.expires_in ?? assumedLifetimeSeconds) * 1000;
    return { value: token.access_token, ageMs: now() - requestedAt, lifetimeMs };
  }

  async function renew(): Promise<string> {
    if (failure !== null && now() < failure.until) throw failure.error;
    try {
      const isGood = (issued: IssuedToken) => issued.value !== rejected && issued.ageMs < renewalAgeMs(issued);
      const token = await store.get(isGood, issue);
      const issuedAt = now() - token.ageMs;
      latest = {
        value: token.value,
        renewAt: issuedAt + renewalAgeMs(token),
        expiresAt: issuedAt + token.lifetimeMs,
      };
      return latest.value;
    } catch (error) {
      failure = { error, until: now() + pauseAfter(error) };
      // The status is removed: a refusal by the token host says nothing about the API's own rate limit.
      if (error instanceof UpstreamError) {
        monitor.failed(new UpstreamError({ ...error, message: error.message, status: undefined }));
      }
      throw error;
    }
  }

  /** The renewal continues when its callers have left, because the next caller needs the token as well. */
  function startRenewal(): SharedRead<string> {
    const deadline = performance.now() + operationPatienceMs;
    const options = { operation: 'access token', priority: 'interactive', keepAlive: true, deadline } as const;
    const started = new SharedRead(options, renew);
    const end = () => {
      renewal = null;
    };
    started.result.then(end, end);
    return started;
  }

  return {
    async current() {
      if (latest !== null && now() < latest.renewAt) return latest.value;
      try {
        renewal ??= startRenewal();
        return await renewal.join();
      } catch (error) {
        if (latest !== null && now() < latest.expiresAt) return latest.value;
        throw error;
      }
    },
    reject(token) {
      rejected = token;
      if (latest?.value === token) latest = null;
    },
    close: () => http.close(),
  };
}

const renewalAgeMs = ({ lifetimeMs }: IssuedToken): number =>
  Math.max(lifetimeMs - renewalMarginSeconds * 1000, lifetimeMs / 2);

function tokenRequest(url: URL, { clientId, clientSecret, scopes }: ClientCredentials): HttpRequest {
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: clientSecret,
    scope: scopes,
  });
  return {
    method: 'POST',
    target: url.pathname + url.search,
    route: tokenRoute,
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
    body: form.toString(),
  };
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
    message: `${subject}: ${got}. Check LUCCA_CLIENT_ID, LUCCA_CLIENT_SECRET and LUCCA_SCOPES.`,
  });
}

function pauseAfter(error: unknown): number {
  const named = error instanceof UpstreamError ? (error.retryAfterSeconds ?? 0) * 1000 : 0;
  return Math.min(Math.max(named, pauseAfterFailureMs), longestPauseMs);
}
