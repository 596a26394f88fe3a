import { timingSafeEqual } from 'node:crypto';
import type { EmulatorRequest } from '../emulator.ts';
import { GatewayRefusal, gatewayErrors } from './gateway-error.ts';
import { signatureOf } from './signature.ts';

export type Credentials = { accessKey: string; secretKey: string };

/** NAVER, Job grade v2: request header. "More than 5 minutes" is invalid, so exactly five still pass. */
const CLOCK_WINDOW_MS = 300_000;

/**
 * Accepts a request with all three headers, a close timestamp and a valid signature over the raw request target, checked in
 * that order. A repeated request passes again, because NAVER uses no nonce. `x-ncp-apigw-api-key` is ignored. Throws
 * GatewayRefusal (401, errorCode 200).
 */
export function authenticate(request: EmulatorRequest, credentials: Credentials, now: number): void {
  const timestamp = headerOf(request, 'x-ncp-apigw-timestamp');
  const accessKey = headerOf(request, 'x-ncp-iam-access-key');
  const signature = headerOf(request, 'x-ncp-apigw-signature-v2');
  if (timestamp === '' || accessKey === '' || signature === '') {
    throw refusal('Authentication information are missing.');
  }
  const { method, target } = request;
  const isGenuine =
    isWithinWindow(timestamp, now) &&
    accessKey === credentials.accessKey &&
    isSameText(signature, signatureOf({ method, target, timestamp, accessKey }, credentials.secretKey));
  if (!isGenuine) throw refusal('Invalid authentication information.');
}

function headerOf({ headers }: EmulatorRequest, name: string): string {
  const value = headers[name];
  return typeof value === 'string' ? value.trim() : '';
}

function isWithinWindow(timestamp: string, now: number): boolean {
  return /^\d+$/.test(timestamp) && Math.abs(now - Number(timestamp)) <= CLOCK_WINDOW_MS;
}

/** In constant time, so that timing does not reveal how much of the text is right. */
function isSameText(given: string, expected: string): boolean {
  const [left, right] = [Buffer.from(given), Buffer.from(expected)];
  return left.length === right.length && timingSafeEqual(left, right);
}

function refusal(details: string): GatewayRefusal {
  return new GatewayRefusal(gatewayErrors.authenticationFailed, details);
}
