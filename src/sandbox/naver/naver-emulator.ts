import type { NaverData } from '../company/data.ts';
import { type Emulator, type EmulatorOptions, type EmulatorRequest, type Reply, startEmulator } from '../emulator.ts';
import { authenticate } from './authentication.ts';
import { GatewayRefusal, gatewayError, gatewayErrors } from './gateway-error.ts';
import { DEFAULT_KNOBS, type NaverKnobs } from './knobs.ts';
import { findRoute } from './routes.ts';
import { serve } from './service.ts';
import { ServiceRefusal, serviceError } from './service-error.ts';

export type NaverOptions = EmulatorOptions & {
  data: NaverData;
  accessKey?: string;
  secretKey?: string;
  /** Epoch milliseconds. */
  now?: () => number;
  knobs?: Partial<NaverKnobs>;
};

export type NaverEmulator = Emulator & {
  /** The origin, without a path. */
  readonly baseUrl: string;
  readonly companyId: string;
  readonly accessKey: string;
  readonly secretKey: string;
  readonly data: NaverData;
  readonly knobs: NaverKnobs;
  /** Milliseconds by which the emulator's clock and its Date header are ahead. */
  clockSkewMs: number;
};

/**
 * Serves NAVER WORKPLACE's organization API v2 on a loopback port: reads and writes of grades and jobs, reads of employees.
 * Signature, routing and the two layers of errors follow the documents; `knobs` covers what those leave open. There is no
 * rate limit, because NAVER publishes none: `inject` a gateway error instead.
 * Source: NAVER, Job grade v2, Job position v2, Employee v2, and Ncloud API: common settings.
 */
export async function startNaverEmulator({
  data,
  accessKey = 'SANDBOXACCESSKEY0001',
  secretKey = 'sandbox-naver-secret-key',
  now = Date.now,
  knobs,
  ...options
}: NaverOptions): Promise<NaverEmulator> {
  const kernel = await startEmulator((request) => replyTo(request, naver, now() + naver.clockSkewMs), options);
  const naver: NaverEmulator = Object.assign(kernel, {
    baseUrl: kernel.origin,
    companyId: data.companyId,
    accessKey,
    secretKey,
    data,
    knobs: { ...DEFAULT_KNOBS, ...knobs },
    clockSkewMs: 0,
  });
  return naver;
}

function replyTo(request: EmulatorRequest, naver: NaverEmulator, now: number): Reply {
  return finished(replyOrRefusal(request, naver, now), request.method, naver.knobs, now);
}

function replyOrRefusal(request: EmulatorRequest, naver: NaverEmulator, now: number): Reply {
  try {
    return passGateway(request, naver, now);
  } catch (error) {
    if (error instanceof GatewayRefusal) return gatewayError(...error.row, error.details, naver.knobs);
    if (error instanceof ServiceRefusal) return refused(error, naver.knobs);
    throw error;
  }
}

function refused({ code, message, isNotFound }: ServiceRefusal, knobs: NaverKnobs): Reply {
  const text = knobs.messages === 'korean' ? '요청을 처리할 수 없습니다' : message;
  const status = isNotFound ? knobs.notFoundStatus : 400;
  return serviceError(status, knobs.serviceCode === 'string' ? String(code) : code, text);
}

/** NAVER documents the checks, but not their order. */
function passGateway(request: EmulatorRequest, naver: NaverEmulator, now: number): Reply {
  const route = findRoute(request.method, request.path);
  authenticate(request, naver, now);
  if (route.companyId !== naver.data.companyId) throw new GatewayRefusal(gatewayErrors.permissionDenied);
  return serve(request, route, naver.data, naver.knobs);
}

/** The reply with the Date of the emulator's clock, and with the variations of the knobs. */
function finished({ status, headers = {}, body }: Reply, method: string, knobs: NaverKnobs, now: number): Reply {
  const isJson = headers['content-type'] !== undefined;
  const mislabelled = isJson && knobs.textPlain ? { 'content-type': 'text/plain;charset=UTF-8' } : {};
  return {
    status,
    headers: { ...headers, ...mislabelled, date: new Date(now).toUTCString() },
    body: isJson ? bodyText(body, method, knobs) : body,
  };
}

function bodyText(body: unknown, method: string, knobs: NaverKnobs): string {
  const json = typeof body === 'string' ? body : JSON.stringify(body);
  const doubled = knobs.duplicateKoKr && method === 'GET' ? withSecondKoKr(json) : json;
  return knobs.byteOrderMark ? `\ufeff${doubled}` : doubled;
}

/** The pattern matches only members, because quotes in a JSON string are escaped. */
function withSecondKoKr(json: string): string {
  return json.replace(/"ko_KR":"(?:[^"\\]|\\.)*"/g, '$&,"ko_KR":""');
}
