import type { Upstream } from '../domain/upstream.ts';
import { UpstreamError } from '../errors.ts';

/** OpenSSL's and Node's codes for a chain that ends at nobody whom this process trusts. */
export const untrusted: readonly string[] = [
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'CERT_UNTRUSTED',
  'INVALID_CA',
];

/** For a certificate of somebody else, or of another time. `UND_ERR_PRX_TLS` is undici's behind a proxy. */
const invalid: readonly string[] = [
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'UND_ERR_PRX_TLS',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_REVOKED',
];

/** The error for a request without a response. Its message has codes and no addresses. */
export function connectionFailure(upstream: Upstream, cause: unknown): UpstreamError {
  const code = codeOf(cause);
  const fail = (message: string, isTransient = false) =>
    new UpstreamError({ code: 'UPSTREAM_UNAVAILABLE', upstream, message, isTransient, cause });
  if (untrusted.includes(code)) {
    const advice = 'name the authority that signed it in NODE_EXTRA_CA_CERTS; a proxy that inspects TLS has its own';
    return fail(`The certificate is not trusted (${code}): ${advice}.`);
  }
  if (invalid.includes(code)) {
    return fail(`The certificate is not valid for this host and time (${code}): check the address and the clock.`);
  }
  const refusal = refusalOfProxy(cause);
  if (refusal !== null) {
    return fail(`The proxy did not connect (HTTP ${refusal}): check HTTPS_PROXY and NO_PROXY.`, refusal >= 500);
  }
  return fail(`The connection failed (${code}).`, true);
}

/** The first code along the causes, such as ECONNREFUSED: telling, and free of addresses. */
function codeOf(error: unknown): string {
  for (let it = error; it instanceof Error; it = it.cause) {
    if ('code' in it && typeof it.code === 'string' && !it.code.startsWith('UND_ERR_ABORTED')) return it.code;
  }
  return 'unknown cause';
}

/** The status that a proxy answered CONNECT with. Undici tells it in words only. */
function refusalOfProxy(error: unknown): number | null {
  const status = error instanceof Error ? /^Proxy response \((\d{3})\)/.exec(error.message)?.[1] : undefined;
  return status === undefined ? null : Number(status);
}
