import { UpstreamError, type UpstreamErrorCode } from '../../errors.ts';
import type { HttpResponse } from '../../http/client.ts';
import { retryAfterSeconds } from '../../http/retry-after.ts';
import type { Refusal } from './refusal.ts';
import type { NaverResource } from './targets.ts';

type Meaning = {
  code: UpstreamErrorCode;
  isTransient?: boolean;
  advice?: string;
  refused?: 'credential' | 'request';
};

const checkAddress = 'Check NAVER_BASE_URL and NAVER_COMPANY_ID.';
const checkKeys = 'Check NAVER_ACCESS_KEY and NAVER_SECRET_KEY.';
const checkPermission =
  'The key is known but has no permission: check NAVER_COMPANY_ID, subscribe its account to the API, or grant the right.';
const unavailable: Meaning = { code: 'UPSTREAM_UNAVAILABLE', isTransient: true };
const withoutRight: Meaning = { code: 'UPSTREAM_AUTH_FAILED', advice: checkPermission, refused: 'request' };
const timedOut: Meaning = { code: 'UPSTREAM_TIMEOUT', isTransient: true };
const tooFast: Meaning = { code: 'UPSTREAM_RATE_LIMITED', isTransient: true };

export const authenticationFailed = '200';

/** By `errorCode`, which is not the HTTP status: "400" comes with 429. Source: Ncloud API, common error codes. */
const gatewayMeanings = new Map<string, Meaning>([
  ['100', { code: 'UPSTREAM_INVALID_RESPONSE', advice: 'Check that NAVER_BASE_URL begins with https.' }],
  [
    authenticationFailed,
    {
      ...{ code: 'UPSTREAM_AUTH_FAILED', refused: 'credential' },
      advice: `${checkKeys} Nothing on the way may rewrite the path.`,
    },
  ],
  ['210', withoutRight],
  ['230', withoutRight],
  ['300', { code: 'UPSTREAM_INVALID_RESPONSE', advice: checkAddress }],
  ['430', { code: 'UPSTREAM_INVALID_RESPONSE' }],
  ['400', { code: 'UPSTREAM_RATE_LIMITED', advice: 'The quota is used up: raise it, or wait for the next period.' }],
  ['410', tooFast],
  ['420', tooFast],
  ['900', unavailable],
  ['500', unavailable],
  ['510', timedOut],
]);

const statusMeanings = new Map<number, Meaning>([
  [401, { code: 'UPSTREAM_AUTH_FAILED', advice: checkKeys, refused: 'credential' }],
  [403, withoutRight],
  [404, { code: 'UPSTREAM_INVALID_RESPONSE', advice: checkAddress }],
  [408, timedOut],
  [429, tooFast],
  [500, unavailable],
  [502, unavailable],
  [503, unavailable],
  [504, timedOut],
]);

/**
 * The service's codes for an item that does not exist, sent with status 400. Source: NAVER, Job grade v2 and Job
 * position v2: response example. A proxy may change the status to 404, so the code decides.
 */
const notFoundCodes: Record<NaverResource, number | null> = { grade: -4012, job: -4013, employee: null };

/**
 * Whether the service reports that the requested item does not exist. The documented code of the resource is certain.
 * With an undocumented code, a message that ends in "not found" is taken as the same, which is likely but not certain.
 * The code of another resource is not accepted.
 */
export function isNotFound(status: number, refusal: Refusal, resource: NaverResource): boolean {
  if ((status !== 400 && status !== 404) || refusal.layer !== 'service') return false;
  if (Object.values(notFoundCodes).includes(refusal.code)) return refusal.code === notFoundCodes[resource];
  return /\bnot found\W*$/i.test(refusal.message);
}

/** The error for an unexpected response. `subject`: what was requested, such as "the grade list". */
export function toUpstreamError(response: HttpResponse, refusal: Refusal, subject: string): UpstreamError {
  const { status, headers } = response;
  const byCode = refusal.layer === 'gateway' ? gatewayMeanings.get(refusal.errorCode) : undefined;
  const byStatus = refusal.layer === 'service' && status === 404 ? undefined : statusMeanings.get(status);
  const meaning = byCode ?? byStatus ?? { code: 'UPSTREAM_INVALID_RESPONSE' };
  return new UpstreamError({
    code: meaning.code,
    upstream: 'NAVER',
    message: [`Expected ${subject}, got HTTP ${status}: ${describe(refusal)}.`, meaning.advice].join(' ').trim(),
    summary: meaning.advice === checkAddress ? 'has nothing at the configured address' : undefined,
    status,
    vendorCode: vendorCodeOf(refusal),
    traceId: traceIdOf(headers),
    retryAfterSeconds: retryAfterSeconds(headers),
    isTransient: meaning.isTransient,
    refused: meaning.refused,
  });
}

export const traceIdOf = (headers: Headers): string | undefined => headers.get('x-ncp-trace-id') ?? undefined;

function vendorCodeOf(refusal: Refusal): string | undefined {
  if (refusal.layer === 'service') return String(refusal.code);
  return refusal.layer === 'gateway' ? withoutSecrets(refusal.errorCode) || undefined : undefined;
}

function describe(refusal: Refusal): string {
  if (refusal.layer === 'unknown') return withoutSecrets(refusal.opening);
  const isService = refusal.layer === 'service';
  const code = isService ? String(refusal.code) : withoutSecrets(refusal.errorCode) || 'without a code';
  const quoted = [refusal.message, isService ? '' : refusal.details].map(withoutSecrets).filter((text) => text !== '');
  return [`${refusal.layer} error ${code}`, ...quoted].join(', ');
}

/** NAVER's own text on one line, without anything that may be an e-mail address, a key or a signature. */
function withoutSecrets(words: string): string {
  return words
    .replace(/\S*@\S*/g, '…')
    .replace(/[\w+/=-]{20,}/g, '…')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/\.$/, '')
    .slice(0, 160);
}
