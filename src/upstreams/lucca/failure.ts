import { UpstreamError, type UpstreamErrorCode } from '../../errors.ts';
import type { HttpResponse } from '../../http/client.ts';
import { retryAfterSeconds } from '../../http/retry-after.ts';
import { type Problem, readProblem } from './problem.ts';

/** What was requested, for error messages (such as "The employee list"), and the scope that it needs. */
export type RequestInfo = { subject: string; scope: string };

/** The error for a response that is neither 200 nor 304, by its status: Lucca has no stable error codes. */
export function failureOf(response: HttpResponse, request: RequestInfo): UpstreamError {
  const problem = readProblem(response.text);
  return failureOfStatus(response, {
    message: `${request.subject}: ${describe(response.status, problem)}. ${adviceFor(response.status, problem, request)}`,
    traceId: problem.traceId,
    summary: isElsewhere(response.status) ? 'has nothing at the configured address' : undefined,
  });
}

/** Like `failureOf`, with a given message: for the token endpoint, whose error bodies are those of OAuth. */
export function failureOfStatus(
  { status, headers }: HttpResponse,
  described: { message: string; summary?: string | undefined; traceId?: string | undefined },
): UpstreamError {
  const code = codeOf(status);
  return new UpstreamError({
    code,
    upstream: 'LUCCA',
    ...described,
    status,
    retryAfterSeconds: retryAfterSeconds(headers),
    isTransient: transientCodes.has(code),
    refused: code === 'UPSTREAM_AUTH_FAILED' ? (status === 401 ? 'credential' : 'request') : undefined,
  });
}

const transientCodes: ReadonlySet<UpstreamErrorCode> = new Set([
  'UPSTREAM_TIMEOUT',
  'UPSTREAM_RATE_LIMITED',
  'UPSTREAM_UNAVAILABLE',
]);

function codeOf(status: number): UpstreamErrorCode {
  if (status === 401 || status === 403) return 'UPSTREAM_AUTH_FAILED';
  if (status === 408 || status === 504) return 'UPSTREAM_TIMEOUT';
  if (status === 429) return 'UPSTREAM_RATE_LIMITED';
  return status >= 500 ? 'UPSTREAM_UNAVAILABLE' : 'UPSTREAM_INVALID_RESPONSE';
}

function describe(status: number, { title, fields }: Problem): string {
  const about = fields.length === 0 ? '' : `, about ${fields.slice(0, 5).join(', ')}`;
  return `expected HTTP 200, got ${status}${title === null ? '' : ` (${title.replace(/\.$/, '')})`}${about}`;
}

const isElsewhere = (status: number): boolean => status === 404 || (status >= 300 && status < 400);

function adviceFor(status: number, { fields }: Problem, { scope }: RequestInfo): string {
  if (fields.includes('api-version')) return 'Check LUCCA_API_VERSION.';
  if (status === 401)
    return 'A new access token was refused too: check that LUCCA_BASE_URL and the client are of one tenant.';
  if (status === 403) return `Add ${scope} to LUCCA_SCOPES and grant it to the API client in Lucca.`;
  if (isElsewhere(status)) return 'Check LUCCA_BASE_URL.';
  if (status === 408) return 'Lucca gives up after 5 seconds: ask for less at once.';
  if (status === 429) return 'The rate limit is shared by all integrations of the tenant: try again later.';
  return status >= 500 ? 'Try again later.' : 'This client and the API disagree: please report it.';
}
