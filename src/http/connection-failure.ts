import type { Upstream } from '../domain/upstream.ts';
import { UpstreamError } from '../errors.ts';

/** OpenSSL's and Node's codes for a certificate chain without a trusted authority. */
export const untrusted: readonly string[] = [
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'CERT_UNTRUSTED',
  'INVALID_CA',
];

/** Codes for a certificate of another host, or not valid now. `UND_ERR_PRX_TLS` is undici's code behind a proxy. */
const invalid: readonly string[] = [
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'UND_ERR_PRX_TLS',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_REVOKED',
];

/** The error for a request without a response. Its message holds error codes and no addresses. */
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

/** The first code along the chain of causes, such as ECONNREFUSED. A code holds no address. */
function codeOf(error: unknown): string {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const code = 'code' in cause ? cause.code : undefined;
    if (typeof code === 'string' && !code.startsWith('UND_ERR_ABORTED')) return code;
  }
  return 'unknown cause';
}

/** The status of the proxy's response to CONNECT. Undici gives it only in the error's message. */
function refusalOfProxy(error: unknown): number | null {
  const status = error instanceof Error ? /^Proxy response \((\d{3})\)/.exec(error.message)?.[1] : undefined;
  return status === undefined ? null : Number(status);
}
