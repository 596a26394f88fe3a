import { UpstreamError, type UpstreamErrorOptions } from '../../errors.ts';
import type { HttpResponse } from '../../http/client.ts';
import { tryParseJson } from '../../http/json.ts';
import { retryAfterSeconds } from '../../http/retry-after.ts';
import { errorBody } from './wire.ts';

/** What was requested, for error messages. */
export type RequestInfo = {
  /** Such as "the assignment list". */
  subject: string;
  /** What a 404 means for the request. */
  notFound: string;
  /** True for a path below the deployment's organisation, which gives 404 if that organisation is unknown. */
  isOfOrganisation?: boolean;
};

/** The error for a response other than 200 (Ctrl Hub docs: authentication; useful information, errors). */
export function failureOf(response: HttpResponse, request: RequestInfo): UpstreamError {
  const { status, headers } = response;
  return new UpstreamError({
    upstream: 'CTRL_HUB',
    status,
    // On a 500 the trace id is all that Ctrl Hub returns.
    traceId: traceIdOf(headers),
    retryAfterSeconds: retryAfterSeconds(headers),
    ...meaningOf(response, request),
  });
}

export const traceIdOf = (headers: Headers): string | undefined => headers.get('x-trace-id') ?? undefined;

function meaningOf(
  { status, text }: HttpResponse,
  { subject, notFound, isOfOrganisation = false }: RequestInfo,
): Pick<UpstreamErrorOptions, 'code' | 'message' | 'summary' | 'isTransient' | 'refused'> {
  const { quoted, parameter } = readErrorBody(text);
  const mismatch = `Expected ${subject} from Ctrl Hub, got HTTP ${status}${quoted}`;
  if (status === 401) {
    const message = `${mismatch}: the session token is missing or expired. Sign in to Ctrl Hub again and renew CTRL_HUB_SESSION_TOKEN.`;
    return { code: 'UPSTREAM_AUTH_FAILED', message, refused: 'credential' };
  }
  if (status === 403) {
    const message = `${mismatch}: the user behind CTRL_HUB_SESSION_TOKEN lacks a grant for it.`;
    return { code: 'UPSTREAM_AUTH_FAILED', message, refused: 'request' };
  }
  if (status === 404 && isOfOrganisation) {
    const summary = 'does not know our organisation';
    return { code: 'UPSTREAM_AUTH_FAILED', message: `${mismatch}: ${notFound}.`, summary, refused: 'request' };
  }
  if (status === 408 || status === 504) return { code: 'UPSTREAM_TIMEOUT', message: `${mismatch}.`, isTransient: true };
  if (status === 429)
    return { code: 'UPSTREAM_RATE_LIMITED', message: `${mismatch}. Send fewer requests.`, isTransient: true };
  if (status >= 500)
    return { code: 'UPSTREAM_UNAVAILABLE', message: `${mismatch}. Try again later.`, isTransient: true };
  const advice = adviceOn(status, parameter, notFound);
  const summary = status === 404 || isRedirect(status) ? 'has nothing at the configured address' : undefined;
  return { code: 'UPSTREAM_INVALID_RESPONSE', message: `${mismatch}${advice}.`, summary };
}

const isRedirect = (status: number): boolean => status >= 300 && status < 400 && status !== 304;

function adviceOn(status: number, parameter: string | null, notFound: string): string {
  if (status === 404) return `: ${notFound}`;
  if (isRedirect(status)) return ': check that CTRL_HUB_BASE_URL names the API itself';
  return parameter === 'filter' ? ': it may want the other CTRL_HUB_FILTER_DIALECT' : '';
}

/**
 * A title is the same for every occurrence (JSON:API, error objects). A detail may repeat input, so it is not quoted.
 */
const plainTitle = /^[\p{L} '-]{1,80}$/u;
const ownParameters: readonly string[] = ['limit', 'offset', 'include', 'filter'];

/** Reads the title and the offending parameter from an error body, which can hold anything. */
function readErrorBody(text: string): { quoted: string; parameter: string | null } {
  const error = tryParseJson(text, errorBody);
  const title = plainTitle.test(error?.title ?? '') ? ` "${error?.title}"` : '';
  const parameter = ownParameters.find((name) => name === error?.source?.parameter) ?? null;
  return { quoted: parameter === null ? title : `${title} (parameter ${parameter})`, parameter };
}
