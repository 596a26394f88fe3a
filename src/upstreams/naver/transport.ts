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
  /** Sends a GET and passes any response to `read`, which returns its value or throws an UpstreamError. */
  get<T>(target: NaverTarget, read: (response: HttpResponse) => T, rowsIn?: (value: T) => number): Promise<T>;
  /** Like `get`, but sends the request once. It is sent again only if the gateway refused it because of our clock. */
  write<T>(request: NaverRequest, read: (response: HttpResponse) => T): Promise<T>;
  close(): Promise<void>;
};

type Reader<T> = { read: (response: HttpResponse) => T; rowsIn?: (value: T) => number };

/** The request was refused because of our clock, which has been corrected since. */
class ClockCorrected extends Error {}

/**
 * Signs every attempt anew and sends it. NAVER refuses a request whose timestamp is more than five minutes off with
 * gateway error 200, the same as for wrong keys. If the response's Date header shows that the clock is the cause, the
 * request is retried once with the corrected clock, which is used from then on.
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

  async function sendWithCorrectedClock<T>(request: NaverRequest, reader: Reader<T>): Promise<T> {
    try {
      return await send(request, reader, true);
    } catch (error) {
      if (!(error instanceof ClockCorrected)) throw error;
      return send(request, reader, false);
    }
  }

  /** Source: NAVER, Job grade v2: request header. `accept` is set because the gateway can also respond in XML. */
  const headersFor = ({ method, target, body }: NaverRequest, timestamp: string): Record<string, string> => ({
    accept: 'application/json',
    ...(body !== undefined && { 'content-type': 'application/json' }),
    'x-ncp-apigw-timestamp': timestamp,
    'x-ncp-iam-access-key': accessKey,
    'x-ncp-apigw-signature-v2': sign({ method, target, timestamp, accessKey, secretKey }),
  });

  return {
    get: (target, read, rowsIn) =>
      sendWithCorrectedClock({ method: 'GET', ...target }, { read, ...(rowsIn && { rowsIn }) }),
    write: (request, read) => sendWithCorrectedClock(request, { read }),
    close: () => http.close(),
  };
}

function isUnauthenticated({ status, text }: HttpResponse): boolean {
  if (status !== 401) return false;
  const refusal = readRefusal(text);
  return refusal.layer === 'gateway' && refusal.errorCode === authenticationFailed;
}
