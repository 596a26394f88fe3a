import type { Reply } from '../emulator.ts';
import { jsonReply } from './reply.ts';

/**
 * Codes of the service's own errors. NAVER documents two (Job grade v2 and Job position v2: response example). The others,
 * from -9001 down, are obviously invented, so that nobody takes them for NAVER's.
 */
export const serviceErrorCodes = {
  gradeNotFound: -4012,
  jobNotFound: -4013,
  unknownParameter: -9001,
  invalidPaging: -9002,
  invalidExternalKey: -9003,
  unreadableBody: -9004,
  invalidBody: -9005,
  duplicateExternalKey: -9006,
  duplicateName: -9007,
  inUse: -9008,
  employeeNotFound: -9009,
} as const;

/** A service error as a reply. `status` repeats the HTTP status; `errors` is empty, as in all samples. */
export function serviceError(status: number, code: number | string, message: string): Reply {
  return jsonReply(status, { status, code, errors: [], message });
}

/** Thrown if the service refuses a request: HTTP 400, also for a missing object. */
export class ServiceRefusal extends Error {
  readonly code: number;
  readonly isNotFound: boolean;

  constructor(code: keyof typeof serviceErrorCodes, message: string) {
    super(message);
    this.code = serviceErrorCodes[code];
    this.isNotFound = code.endsWith('NotFound');
  }
}
