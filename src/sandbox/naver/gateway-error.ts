import type { Reply } from '../emulator.ts';
import type { NaverKnobs } from './knobs.ts';
import { jsonReply } from './reply.ts';

export type GatewayErrorRow = readonly [status: number, code: string, message: string];

/**
 * Replies of the API gateway instead of the service: HTTP status, `errorCode`, message. The codes are not statuses: 429 with
 * "400" is an exhausted quota. Source: Ncloud API, common error codes.
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
 * A gateway error as a reply, ready for `inject`: `gatewayError(...gatewayErrors.rateLimited)`. By default it is wrapped in
 * `error` and has a string code.
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

/** Thrown if the gateway refuses a request; `gatewayError` turns it into the reply. */
export class GatewayRefusal extends Error {
  readonly row: GatewayErrorRow;
  readonly details: string | undefined;

  constructor(row: GatewayErrorRow, details?: string) {
    super(row[2]);
    this.row = row;
    this.details = details;
  }
}
