import { type Upstream, upstreams } from './generated/sdk.ts';
import { type ErrorCode, isErrorCode } from './graph-errors.ts';

/** How well one upstream's part of an answer is known. */
export type Freshness = {
  /** Since when: the beginning of the oldest reading that the answer is made of. */
  asOf: Date;
  /** Why it could not be read anew, so that older data has served; null where it could, or did not have to be. */
  failure: ErrorCode | 'UNKNOWN' | null;
  /** Records of the upstream that could not be used: what they stand for is unknown, not gone. */
  skippedRows: number;
  /** People whom filters left out because their link to the upstream is contested: whether they match is unknown. */
  contested: number;
};

/**
 * How old an answer is, by upstream: `extensions.upstreams`, without what is not of its form. Upstreams that the answer owes
 * nothing to are left out, as are those of which nothing could be read.
 */
export function freshnessOf(answer: unknown): Map<Upstream, Freshness> {
  const told = memberOf(memberOf(answer, 'extensions'), 'upstreams');
  const known = new Map<Upstream, Freshness>();
  for (const upstream of Object.keys(upstreams).filter(isUpstream)) {
    const { asOf, failure, skippedRows, contested } = Object(memberOf(told, upstream));
    const time = new Date(typeof asOf === 'string' ? asOf : Number.NaN);
    if (Number.isNaN(time.getTime())) continue;
    known.set(upstream, {
      asOf: time,
      failure: typeof failure !== 'string' ? null : isErrorCode(failure) ? failure : 'UNKNOWN',
      skippedRows: typeof skippedRows === 'number' ? skippedRows : 0,
      contested: typeof contested === 'number' ? contested : 0,
    });
  }
  return known;
}

const isUpstream = (name: string): name is Upstream => Object.hasOwn(upstreams, name);

const memberOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
