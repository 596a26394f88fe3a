import { UpstreamError, type UpstreamErrorOptions } from '../../errors.ts';
import type { HttpResponse } from '../../http/client.ts';
import { tryParseJson } from '../../http/json.ts';
import { retryAfterSeconds } from '../../http/retry-after.ts';
import { errorBody } from './wire.ts';

/** What is asked for, for messages. */
export type Asked = {
  /** "The assignment list". */
  subject: string;
  /** What a 404 means for it. */
  notFound: string;
  /** It is below the organisation of this deployment: without that there is a 404. */
  isOfOrganisation?: boolean;
};

/** The error that stands for an answer other than 200 (Ctrl Hub docs: authentication; useful information, errors). */
export function failureOf(response: HttpResponse, asked: Asked): UpstreamError {
  const { status, headers } = response;
  return new UpstreamError({
    upstream: 'CTRL_HUB',
    status,
    // On a 500 it is all that Ctrl Hub tells.
    traceId: traceIdOf(headers),
    retryAfterSeconds: retryAfterSeconds(headers),
    ...meaningOf(response, asked),
  });
}

export const traceIdOf = (headers: Headers): string | undefined => headers.get('x-trace-id') ?? undefined;

function meaningOf(
  { status, text }: HttpResponse,
  { subject, notFound, isOfOrganisation = false }: Asked,
): Pick<UpstreamErrorOptions, 'code' | 'message' | 'summary' | 'isTransient'> {
  const { told, parameter } = whatIsTold(text);
  const came = `Expected ${subject} from Ctrl Hub, got HTTP ${status}${told}`;
  if (status === 401) {
    const message = `${came}: the session token is missing or expired. Sign in to Ctrl Hub again and renew CTRL_HUB_SESSION_TOKEN.`;
    return { code: 'UPSTREAM_AUTH_FAILED', message };
  }
  if (status === 403) {
    const message = `${came}: the user behind CTRL_HUB_SESSION_TOKEN lacks a grant for it.`;
    return { code: 'UPSTREAM_AUTH_FAILED', message };
  }
  if (status === 404 && isOfOrganisation) {
    const summary = 'does not know our organisation';
    return { code: 'UPSTREAM_AUTH_FAILED', message: `${came}: ${notFound}.`, summary };
  }
  if (status === 408 || status === 504) return { code: 'UPSTREAM_TIMEOUT', message: `${came}.`, isTransient: true };
  if (status === 429) return { code: 'UPSTREAM_RATE_LIMITED', message: `${came}. Ask less often.`, isTransient: true };
  if (status >= 500) return { code: 'UPSTREAM_UNAVAILABLE', message: `${came}. Ask again later.`, isTransient: true };
  const advice = adviceOn(status, parameter, notFound);
  const summary = status === 404 || isRedirect(status) ? 'has nothing at the configured address' : undefined;
  return { code: 'UPSTREAM_INVALID_RESPONSE', message: `${came}${advice}.`, summary };
}

const isRedirect = (status: number): boolean => status >= 300 && status < 400 && status !== 304;

function adviceOn(status: number, parameter: string | null, notFound: string): string {
  if (status === 404) return `: ${notFound}`;
  if (isRedirect(status)) return ': check that CTRL_HUB_BASE_URL names the API itself';
  return parameter === 'filter' ? ': it may want the other CTRL_HUB_FILTER_DIALECT' : '';
}

/** Titles are the same for every occurrence (JSON:API, error objects), details may repeat what was asked. */
const plainTitle = /^[\p{L} '-]{1,80}$/u;
const ownParameters: readonly string[] = ['limit', 'offset', 'include', 'filter'];

/** Of an error body, which may be anything, the title and the parameter that is at fault. */
function whatIsTold(text: string): { told: string; parameter: string | null } {
  const error = tryParseJson(text, errorBody);
  const title = plainTitle.test(error?.title ?? '') ? ` "${error?.title}"` : '';
  const parameter = ownParameters.find((it) => it === error?.source?.parameter) ?? null;
  return { told: parameter === null ? title : `${title} (parameter ${parameter})`, parameter };
}
