import { createHmac } from 'node:crypto';

export type Signable = { method: string; target: string; timestamp: string; accessKey: string };

/**
 * The value of `x-ncp-apigw-signature-v2`: base64 of HMAC-SHA256 under the secret key over three lines, which are the
 * method and the request target as sent (path and query, percent-encoded), the timestamp header's digits and the access
 * key. The body is not signed. Source: Ncloud API, common settings: creating a signature.
 */
export function signatureOf({ method, target, timestamp, accessKey }: Signable, secretKey: string): string {
  return createHmac('sha256', secretKey).update(`${method} ${target}\n${timestamp}\n${accessKey}`).digest('base64');
}
