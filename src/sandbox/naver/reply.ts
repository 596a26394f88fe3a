import { randomBytes } from 'node:crypto';
import type { Reply } from '../emulator.ts';

/** A JSON reply with the headers of NAVER's samples. Date is added later. */
export function jsonReply(status: number, body: unknown): Reply {
  return { status, headers: { 'content-type': 'application/json;charset=utf-8', ...gatewayHeaders() }, body };
}

/** A reply without a body, and so without a content type. */
export function emptyReply(status: number): Reply {
  return { status, headers: gatewayHeaders() };
}

function gatewayHeaders(): Record<string, string> {
  return { server: 'nginx', 'access-control-allow-origin': '*', 'x-ncp-trace-id': newTraceId() };
}

/** 26 characters of 0-9 and a-v, as in the samples. */
function newTraceId(): string {
  return Array.from(randomBytes(26), (byte) => (byte % 32).toString(32)).join('');
}
