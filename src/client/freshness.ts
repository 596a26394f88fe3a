import { type Upstream, upstreams } from './generated/sdk.ts';
import { type ErrorCode, isErrorCode } from './graph-errors.ts';

/** The age and completeness of one upstream's data in a response. */
export type Freshness = {
  /** When the oldest read behind the response began. */
  asOf: Date;
  /** Why the last read failed, so that stale data was served; null if no read failed. */
  failure: ErrorCode | 'UNKNOWN' | null;
  /** Records of the upstream that could not be used. Their data is unknown, not deleted. */
  skippedRows: number;
  /** The number of people that filters left out because their link to the upstream is contested. They may match. */
  contested: number;
};

/**
 * The freshness of a response by upstream, from `extensions.upstreams`. Upstreams without data in the response are absent, and
 * so are entries of an unknown form.
 */
export function freshnessOf(answer: unknown): Map<Upstream, Freshness> {
  const extension = memberOf(memberOf(answer, 'extensions'), 'upstreams');
  const freshness = new Map<Upstream, Freshness>();
  for (const upstream of Object.keys(upstreams).filter(isUpstream)) {
    const { asOf, failure, skippedRows, contested } = Object(memberOf(extension, upstream));
    const time = new Date(typeof asOf === 'string' ? asOf : Number.NaN);
    if (Number.isNaN(time.getTime())) continue;
    freshness.set(upstream, {
      asOf: time,
      failure: typeof failure !== 'string' ? null : isErrorCode(failure) ? failure : 'UNKNOWN',
      skippedRows: typeof skippedRows === 'number' ? skippedRows : 0,
      contested: typeof contested === 'number' ? contested : 0,
    });
  }
  return freshness;
}

const isUpstream = (name: string): name is Upstream => Object.hasOwn(upstreams, name);

const memberOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
