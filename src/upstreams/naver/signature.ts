import { createHmac } from 'node:crypto';

export type SignatureParts = {
  /** In upper case, as on the request line. */
  method: string;
  /** The request target byte for byte as sent: path, and query if there is one. */
  target: string;
  /** Epoch milliseconds in decimal digits, identical to the timestamp header. */
  timestamp: string;
  accessKey: string;
  secretKey: string;
};

/**
 * The value of `x-ncp-apigw-signature-v2`: HMAC-SHA256 in standard base64 over three lines. The key is the secret as
 * issued, not decoded. Neither body nor host is signed.
 * Source: Ncloud API, common settings: creating a signature; NAVER, Job grade v2: request header.
 */
export function sign({ method, target, timestamp, accessKey, secretKey }: SignatureParts): string {
  return createHmac('sha256', secretKey).update(`${method} ${target}\n${timestamp}\n${accessKey}`).digest('base64');
}
