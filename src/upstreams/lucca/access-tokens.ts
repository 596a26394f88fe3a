import { UpstreamError } from '../../errors.ts';
import { Backoff } from '../../http/backoff.ts';
import { createHttpClient } from '../../http/client.ts';
import { UpstreamMonitor } from '../../http/monitor.ts';
import type { Network } from '../../http/network.ts';
import { heldBack } from '../../http/refusals.ts';
import { operationPatienceMs } from '../../http/request-context.ts';
import { SharedRead } from '../../http/shared-read.ts';
import type { RequestInfo } from './failure.ts';
import { GrantedScopes } from './granted-scopes.ts';
import { requestToken } from './token-request.ts';
import { type IssuedToken, noTokenStore, type TokenStore } from './token-store.ts';

export type ClientCredentials = {
  tokenUrl: string;
  clientId: string;
  clientSecret: string;
  /** Separated by spaces. */
  scopes: string;
  /** True: a token without some of the scopes serves, if Lucca does not grant them. */
  mayLackScopes?: boolean;
  network?: Network;
  /** Absent: each process requests its own token. */
  tokenStore?: TokenStore;
};

export type AccessTokens = {
  /**
   * A token that stays valid for a while. Concurrent callers share one token request. `request`: what it is for; throws
   * UPSTREAM_AUTH_FAILED if its scope was not granted.
   */
  current(request?: RequestInfo): Promise<string>;
  /** Discards a token that the API refused. */
  reject(token: string): void;
  close(): Promise<void>;
};

type Token = { value: string; renewAt: number; expiresAt: number };

/** Assumed if the endpoint states no lifetime: shorter than any documented one. */
const assumedLifetimeSeconds = 300;
const renewalMarginSeconds = 60;

/**
 * The access token of one client. It is renewed a minute before it expires, a short-lived one at half its lifetime. A
 * failed renewal does not matter while the old token is valid. After a failure, no token is requested for a pause, or
 * for the endpoint's Retry-After. `now` is in milliseconds. `current` throws UPSTREAM_AUTH_FAILED if the credentials or
 * scopes are refused, else the errors of any request.
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
  const scopes = new GrantedScopes(credentials.scopes, now, reportMissing);
  const backoff = new Backoff(now);
  let latest: Token | null = null;
  let rejected: string | null = null;
  let renewal: SharedRead<string> | null = null;
  let failure: unknown = null;

  function reportMissing(missing: readonly string[]): void {
    const message = `Lucca does not grant to this API client: ${missing.join(', ')}. What needs them fails. Grant them in Lucca (integration keys).`;
    monitor.failed(new UpstreamError({ code: 'UPSTREAM_AUTH_FAILED', upstream: 'LUCCA', message }));
    credentials.network?.onRemark?.({ upstream: 'LUCCA', kind: 'scopes', message });
  }

  async function issue(): Promise<IssuedToken> {
    let requestedAt = now();
    const request = (asked: string) => {
      requestedAt = now();
      return requestToken(http, url, { ...credentials, scopes: asked });
    };
    const token = await (credentials.mayLackScopes === true ? scopes.issue(request) : request(credentials.scopes));
    const lifetimeMs = (token.expires_in ?? assumedLifetimeSeconds) * 1000;
    return { value: token.access_token, ageMs: now() - requestedAt, lifetimeMs, missingScopes: scopes.missing };
  }

  async function renew(): Promise<string> {
    if (failure !== null && backoff.remainingMs > 0) throw pausedBy(failure, backoff.remainingMs);
    try {
      const isGood = (issued: IssuedToken) =>
        issued.value !== rejected && issued.ageMs < renewalAgeMs(issued) && !(scopes.isDue && lacksScopes(issued));
      const token = await store.get(isGood, issue);
      const issuedAt = now() - token.ageMs;
      latest = {
        value: token.value,
        renewAt: issuedAt + renewalAgeMs(token),
        expiresAt: issuedAt + token.lifetimeMs,
      };
      scopes.learn(token.missingScopes ?? []);
      failure = null;
      backoff.succeed();
      return latest.value;
    } catch (error) {
      failure = error;
      backoff.fail(error instanceof UpstreamError ? (error.retryAfterSeconds ?? 0) * 1000 : 0);
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

  async function valid(isDue: boolean): Promise<string> {
    if (latest !== null && now() < latest.renewAt && !isDue) return latest.value;
    try {
      renewal ??= startRenewal();
      return await renewal.join();
    } catch (error) {
      if (latest !== null && now() < latest.expiresAt) return latest.value;
      throw error;
    }
  }

  return {
    async current(request) {
      const isDue = request !== undefined && scopes.lacks(request) && scopes.isDue;
      const token = await valid(isDue);
      if (request !== undefined && scopes.lacks(request)) throw scopes.failureFor(request);
      return token;
    },
    reject(token) {
      rejected = token;
      if (latest?.value === token) latest = null;
    },
    close: () => http.close(),
  };
}

const lacksScopes = ({ missingScopes = [] }: IssuedToken): boolean => missingScopes.length > 0;

const renewalAgeMs = ({ lifetimeMs }: IssuedToken): number =>
  Math.max(lifetimeMs - renewalMarginSeconds * 1000, lifetimeMs / 2);

const pausedBy = (failure: unknown, waitMs: number): unknown =>
  failure instanceof UpstreamError ? heldBack(failure, waitMs) : failure;
