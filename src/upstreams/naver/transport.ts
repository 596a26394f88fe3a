import { createHttpClient, type HttpResponse } from '../../http/client.ts';
import type { UpstreamMonitor } from '../../http/monitor.ts';
import { GatewayClock } from './clock.ts';
import { authenticationFailed } from './errors.ts';
import { readRefusal } from './refusal.ts';
import { sign } from './signature.ts';

export type NaverTransport = {
  /** Asks for `target` and hands any answer to `read`, which returns its value or throws an UpstreamError. */
  get<T>(target: string, read: (response: HttpResponse) => T): Promise<T>;
  close(): Promise<void>;
};

/** Thrown by the reader of an answer that was refused for our clock, which is right from now on. */
class ClockCorrected extends Error {}

/**
 * Signs every attempt afresh and sends it. NAVER refuses a request whose time is more than five minutes off with
 * gateway error 200, as it does wrong keys; where the answer's Date shows that the clock is to blame, the request is
 * repeated once with the corrected clock, which stays.
 */
export function createTransport(
  { baseUrl, accessKey, secretKey }: { baseUrl: string; accessKey: string; secretKey: string },
  monitor: UpstreamMonitor,
): NaverTransport {
  const http = createHttpClient({ upstream: 'NAVER', origin: baseUrl, monitor, concurrency: 4 });
  const clock = new GatewayClock();

  function send<T>(target: string, read: (response: HttpResponse) => T, mayCorrectClock: boolean): Promise<T> {
    let signedAt = 0;
    return http.send({
      isSafe: true,
      prepare: () => {
        signedAt = clock.now();
        return { method: 'GET', target, headers: headersFor('GET', target, String(signedAt)) };
      },
      read: (response) => {
        if (mayCorrectClock && isUnauthenticated(response) && clock.correct(signedAt, response.headers)) {
          throw new ClockCorrected();
        }
        return read(response);
      },
    });
  }

  /** NAVER, Job grade v2: request header. The gateway answers callers of XML in XML, hence `accept`. */
  const headersFor = (method: string, target: string, timestamp: string): Record<string, string> => ({
    accept: 'application/json',
    'x-ncp-apigw-timestamp': timestamp,
    'x-ncp-iam-access-key': accessKey,
    'x-ncp-apigw-signature-v2': sign({ method, target, timestamp, accessKey, secretKey }),
  });

  return {
    get: async (target, read) => {
      try {
        return await send(target, read, true);
      } catch (error) {
        if (!(error instanceof ClockCorrected)) throw error;
        return send(target, read, false);
      }
    },
    close: () => http.close(),
  };
}

function isUnauthenticated({ status, text }: HttpResponse): boolean {
  if (status !== 401) return false;
  const refusal = readRefusal(text);
  return refusal.layer === 'gateway' && refusal.errorCode === authenticationFailed;
}
