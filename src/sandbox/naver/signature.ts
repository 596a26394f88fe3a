import { createHmac } from 'node:crypto';

export type Signable = { method: string; target: string; timestamp: string; accessKey: string };

/**
 * The value of `x-ncp-apigw-signature-v2`: base64 of HMAC-SHA256 with the secret key over three lines: the method and the raw
 * request target (path and query, percent-encoded), the digits of the timestamp header, and the access key. The body is not
 * signed. Source: Ncloud API, common settings: creating a signature.
 */
export function signatureOf({ method, target, timestamp, accessKey }: Signable, secretKey: string): string {
  return createHmac('sha256', secretKey).update(`${method} ${target}\n${timestamp}\n${accessKey}`).digest('base64');
}
