import { createHmac } from 'node:crypto';

export type SignatureParts = {
  /** Upper case, as on the request line. */
  method: string;
  /** The request target byte for byte as it is sent: path, and query where there is one. */
  target: string;
  /** Epoch milliseconds in decimal digits: the very digits of the timestamp header. */
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
