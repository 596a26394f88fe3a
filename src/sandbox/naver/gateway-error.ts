import type { Reply } from '../emulator.ts';
import type { NaverKnobs } from './knobs.ts';
import { jsonReply } from './reply.ts';

export type GatewayErrorRow = readonly [status: number, code: string, message: string];

/**
 * What the API gateway answers in the service's place: HTTP status, `errorCode`, message. The codes are no statuses:
 * 429 with "400" is a used-up quota. Source: Ncloud API, common error codes.
 */
export const gatewayErrors = {
  badRequest: [400, '100', 'Bad Request Exception'],
  authenticationFailed: [401, '200', 'Authentication Failed'],
  permissionDenied: [401, '210', 'Permission Denied'],
  notFound: [404, '300', 'Not Found Exception'],
  entityTooLarge: [413, '430', 'Request Entity Too Large'],
  quotaExceeded: [429, '400', 'Quota Exceeded'],
  throttleLimited: [429, '410', 'Throttle Limited'],
  rateLimited: [429, '420', 'Rate Limited'],
  unexpectedError: [500, '900', 'Unexpected Error'],
  endpointError: [503, '500', 'Endpoint Error'],
  endpointTimeout: [504, '510', 'Endpoint Timeout'],
} as const satisfies Record<string, GatewayErrorRow>;

export type GatewayErrorForm = Partial<Pick<NaverKnobs, 'gatewayErrorShape' | 'gatewayErrorCode'>>;

/**
 * A gateway error as an answer, ready for `inject`: `gatewayError(...gatewayErrors.rateLimited)`. Wrapped in `error`
 * and with a string code unless `form` says otherwise.
 */
export function gatewayError(
  status: number,
  code: string,
  message: string,
  details?: string,
  { gatewayErrorShape = 'wrapped', gatewayErrorCode = 'string' }: GatewayErrorForm = {},
): Reply {
  const errorCode = gatewayErrorCode === 'number' ? Number(code) : code;
  const error = { errorCode, message, ...(details !== undefined && { details }) };
  return jsonReply(status, gatewayErrorShape === 'flat' ? error : { error });
}

/** Thrown where the gateway refuses a request; becomes the answer of `gatewayError`. */
export class GatewayRefusal extends Error {
  readonly row: GatewayErrorRow;
  readonly details: string | undefined;

  constructor(row: GatewayErrorRow, details?: string) {
    super(row[2]);
    this.row = row;
    this.details = details;
  }
}
