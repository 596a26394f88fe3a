import type { LuccaData } from '../company/data.ts';
import { type Emulator, type EmulatorOptions, type EmulatorRequest, type Reply, startEmulator } from '../emulator.ts';
import { requireApiVersion, servedVersion } from './api-version.ts';
import { compressReply, deflateReply } from './compression.ts';
import { etagOf, namesTag } from './conditional-requests.ts';
import { dateOf } from './dates.ts';
import { defaultKnobs, type LuccaKnobs } from './knobs.ts';
import { Problem, problemReply } from './problems.ts';
import { readIncludes } from './query.ts';
import { createRateLimiter, type RateLimit } from './rate-limit.ts';
import { requireSmallHead } from './request-head.ts';
import { findRoute } from './routes.ts';
import { mayRead } from './scopes.ts';
import { readTimeline } from './timeline.ts';
import { createTokenService, type LuccaClients } from './tokens.ts';
import type { Json, View } from './view.ts';

export type { LuccaKnobs } from './knobs.ts';

export type LuccaOptions = EmulatorOptions & {
  data: LuccaData;
  /** By client id; default: the sandbox client. */
  clients?: LuccaClients;
  /** The date for what is current, upcoming and past. Tokens and the rate limit use the real clock. */
  now?: () => Date;
  /** Default: 1,800, as at Lucca. */
  tokenLifetimeSeconds?: number;
  /** Default: 50 requests per 60 s, as at Lucca; null: none. */
  rateLimit?: RateLimit | null;
  knobs?: Partial<LuccaKnobs>;
};

export type LuccaEmulator = Emulator & {
  baseUrl: string;
  tokenUrl: string;
  /** Tests change it in place. */
  readonly data: LuccaData;
  readonly knobs: LuccaKnobs;
  /** Makes every issued token invalid. */
  expireTokens(): void;
  tokensIssued: number;
};

/** The client application of the sandbox. Its credentials are not secret. */
export const sandboxLuccaClient = {
  id: 'sandbox-lucca-client',
  secret: 'sandbox-lucca-secret',
  scopes: ['employees.readonly', 'employments.readonly', 'job-positions.readonly', 'job-qualifications.readonly'],
};

/**
 * Serves a company as Lucca's API does (Api-Version 2024-11-01): OAuth tokens at `/connect/token`, and below `/lucca-api` its
 * job qualifications, professions, employees, employments, job positions and their related resources, read-only. It reads
 * `data` at each request. LuccaKnobs covers everything that the documents leave open.
 */
export async function startLuccaEmulator(options: LuccaOptions): Promise<LuccaEmulator> {
  const { data, now = () => new Date(), tokenLifetimeSeconds = 1800, rateLimit = { count: 50, seconds: 60 } } = options;
  const knobs: LuccaKnobs = { ...defaultKnobs, ...options.knobs };
  const countCall = createRateLimiter(rateLimit);
  const tokens = createTokenService({
    clients: options.clients ?? { [sandboxLuccaClient.id]: sandboxLuccaClient },
    lifetimeSeconds: tokenLifetimeSeconds,
    invalidClientStatus: () => knobs.invalidClientStatus,
    expiresIn: () => knobs.expiresIn,
    onIssue: () => void lucca.tokensIssued++,
  });

  function handle(request: EmulatorRequest): Reply {
    const reply = withByteOrderMark(replyOrRefusal(request));
    if (knobs.compress === false) return reply;
    if (knobs.compress !== true) return deflateReply(reply, knobs.compress);
    return compressReply(reply, request.headers['accept-encoding']?.toString());
  }

  const withByteOrderMark = (reply: Reply): Reply =>
    knobs.byteOrderMark && typeof reply.body === 'string' ? { ...reply, body: `\ufeff${reply.body}` } : reply;

  function replyOrRefusal(request: EmulatorRequest): Reply {
    try {
      return replyTo(request);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      return withVersion(problemReply(error, `${publicOriginOf(request)}${request.path}`, knobs.errorBody));
    }
  }

  /** Lucca does not document the order of its checks: this order is assumed. */
  function replyTo(request: EmulatorRequest): Reply {
    const { method, query, headers } = request;
    requireSmallHead(request);
    const route = findRoute(request.path);
    if (!route.methods.includes(method)) {
      throw new Problem(405, `${method} is not supported here.`, { headers: { allow: route.methods.join(', ') } });
    }
    if (route.resource === 'token') return tokens.issue(request);
    if (knobs.rateLimitBeforeAuthentication) countCall();
    const scopes = tokens.scopesOf(headers.authorization);
    if (!mayRead(scopes, route.resource.scope)) {
      throw new Problem(403, `The access token has none of the ${route.resource.scope} scopes.`);
    }
    requireApiVersion(headers['api-version']);
    if (!knobs.rateLimitBeforeAuthentication) countCall();
    if (request.body.length > 0) throw new Problem(400, `${method} carries no body.`);
    const timeline = readTimeline(data, dateOf(now()));
    const baseUrl = `${publicOriginOf(request)}/lucca-api`;
    const view: View = { data, timeline, knobs, baseUrl, scopes, includes: readIncludes(query) };
    const [, search = ''] = /\?(.*)$/s.exec(request.target) ?? [];
    const body =
      route.id === undefined ? route.resource.list(query, search, view) : route.resource.get(route.id, query, view);
    return conditionally(headers, body);
  }

  /** 412 has neither a problem document nor a body. It precedes 304, as in RFC 9110. */
  function conditionally(headers: EmulatorRequest['headers'], json: Json): Reply {
    const body = JSON.stringify(json);
    const plain = { status: 200, headers: { 'content-type': 'application/json' }, body };
    if (!knobs.hasETags) return withVersion(plain);
    const etag = etagOf(body, knobs.unquotedETags);
    const { 'if-match': ifMatch, 'if-none-match': ifNoneMatch } = headers;
    if (ifMatch !== undefined && !namesTag(ifMatch, etag)) {
      return withVersion({ status: 412, headers: { etag, 'content-length': '0' } });
    }
    if (ifNoneMatch !== undefined && namesTag(ifNoneMatch, etag)) {
      return withVersion({ status: 304, headers: { etag } });
    }
    return withVersion({ ...plain, headers: { etag, ...plain.headers } });
  }

  const withVersion = (reply: Reply): Reply => ({
    ...reply,
    headers: {
      ...reply.headers,
      'api-version': servedVersion,
      ...(knobs.deprecation !== null && { deprecation: knobs.deprecation }),
      ...(knobs.sunset !== null && { sunset: knobs.sunset }),
    },
  });

  const publicOriginOf = ({ headers }: EmulatorRequest): string =>
    knobs.publicOrigin ?? (headers.host === undefined ? lucca.origin : `http://${headers.host}`);

  const emulator = await startEmulator(handle, options);
  const lucca: LuccaEmulator = Object.assign(emulator, {
    baseUrl: `${emulator.origin}/lucca-api`,
    tokenUrl: `${emulator.origin}/connect/token`,
    data,
    knobs,
    expireTokens: tokens.expireAll,
    tokensIssued: 0,
  });
  return lucca;
}
