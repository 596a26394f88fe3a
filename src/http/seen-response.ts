import type { Upstream } from '../domain/upstream.ts';
import type { Remark } from './remark.ts';

/** A response without its body, for observers. It holds nothing of the request. */
export type SeenResponse = {
  upstream: Upstream;
  /** Scheme, host and port. */
  origin: string;
  status: number;
  headers: Headers;
  /** When the request was sent, in milliseconds since 1970 by our clock. */
  sentAt: number;
  /** Time from then to the last byte. */
  milliseconds: number;
};

/** Above any response time, and below every vendor's tolerance: NAVER refuses signatures five minutes off. */
const toleratedSkewMs = 60_000;

/**
 * How many milliseconds the vendor's clock is ahead of ours, by its Date header (RFC 9110, section 6.6.1). Null without
 * the header, and for a response from a cache on the way, whose date is old.
 */
export function clockSkewMs({ headers, sentAt, milliseconds }: SeenResponse): number | null {
  const theirs = Date.parse(headers.get('date') ?? '');
  return Number.isNaN(theirs) || headers.has('age') ? null : theirs - (sentAt + milliseconds / 2);
}

/** Null if the clocks agree within the tolerance, or if the response has no usable date. */
export function remarkOnClock(seen: SeenResponse): Remark | null {
  const skewMs = clockSkewMs(seen);
  if (skewMs === null || Math.abs(skewMs) <= toleratedSkewMs) return null;
  const [seconds, which] = [Math.round(Math.abs(skewMs) / 1000), skewMs < 0 ? 'ahead of' : 'behind'];
  const message = `This machine's clock is ${seconds} s ${which} the vendor's. Set it by NTP.`;
  return { upstream: seen.upstream, kind: 'clock', message };
}
