import { createHttpClient, type HttpResponse } from '../../http/client.ts';
import type { UpstreamMonitor } from '../../http/monitor.ts';
import type { Network } from '../../http/network.ts';
import { GatewayClock } from './clock.ts';
import { authenticationFailed } from './errors.ts';
import { readRefusal } from './refusal.ts';
import { sign } from './signature.ts';
import type { NaverTarget } from './targets.ts';

type NaverRequest = NaverTarget & { method: 'GET' | 'POST' | 'PUT' | 'DELETE'; body?: string };

export type NaverTransport = {
  /** Asks for `target` and hands any answer to `read`, which returns its value or throws an UpstreamError. */
  get<T>(target: NaverTarget, read: (response: HttpResponse) => T, rowsIn?: (value: T) => number): Promise<T>;
  /** As `get`, but the request is sent once, unless the gateway did not let it through for our clock. */
  write<T>(request: NaverRequest, read: (response: HttpResponse) => T): Promise<T>;
  close(): Promise<void>;
};

type Reader<T> = { read: (response: HttpResponse) => T; rowsIn?: (value: T) => number };

/** Thrown by the reader of an answer that was refused for our clock, which is right from now on. */
class ClockCorrected extends Error {}

/**
 * Signs every attempt afresh and sends it. NAVER refuses a request whose time is more than five minutes off with
 * gateway error 200, as it does wrong keys; where the answer's Date shows that the clock is to blame, the request is
 * repeated once with the corrected clock, which stays.
 */
export function createTransport(
  options: { baseUrl: string; accessKey: string; secretKey: string; network?: Network },
  monitor: UpstreamMonitor,
): NaverTransport {
  const { baseUrl, accessKey, secretKey, network } = options;
  const http = createHttpClient({ upstream: 'NAVER', origin: baseUrl, monitor, concurrency: 4, network });
  const clock = new GatewayClock();

  function send<T>(request: NaverRequest, { read, rowsIn }: Reader<T>, mayCorrectClock: boolean): Promise<T> {
    let signedAt = 0;
    return http.send({
      isSafe: request.method === 'GET',
      prepare: () => {
        signedAt = clock.now();
        return { ...request, headers: headersFor(request, String(signedAt)) };
      },
      read: (response) => {
        if (mayCorrectClock && isUnauthenticated(response) && clock.correct(signedAt, response.headers)) {
          throw new ClockCorrected();
        }
        return read(response);
      },
      ...(rowsIn && { rowsIn }),
    });
  }

  async function sendByTheRightClock<T>(request: NaverRequest, reader: Reader<T>): Promise<T> {
    try {
      return await send(request, reader, true);
    } catch (error) {
      if (!(error instanceof ClockCorrected)) throw error;
      return send(request, reader, false);
    }
  }

  /** NAVER, Job grade v2: request header. The gateway answers callers of XML in XML, hence `accept`. */
  const headersFor = ({ method, target, body }: NaverRequest, timestamp: string): Record<string, string> => ({
    accept: 'application/json',
    ...(body !== undefined && { 'content-type': 'application/json' }),
    'x-ncp-apigw-timestamp': timestamp,
    'x-ncp-iam-access-key': accessKey,
    'x-ncp-apigw-signature-v2': sign({ method, target, timestamp, accessKey, secretKey }),
  });

  return {
    get: (target, read, rowsIn) =>
      sendByTheRightClock({ method: 'GET', ...target }, { read, ...(rowsIn && { rowsIn }) }),
    write: (request, read) => sendByTheRightClock(request, { read }),
    close: () => http.close(),
  };
}

function isUnauthenticated({ status, text }: HttpResponse): boolean {
  if (status !== 401) return false;
  const refusal = readRefusal(text);
  return refusal.layer === 'gateway' && refusal.errorCode === authenticationFailed;
}
