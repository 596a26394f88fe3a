import type { Upstream } from '../domain/upstream.ts';

/** The kind of deviation: clock skew, a cap on the page size, or the meaning of a total. */
type RemarkKind = 'clock' | 'page cap' | 'total';

/**
 * A deviation of an upstream from the request or from its documents. The client copes with it, at a cost, or it points
 * to a mistake. `message` says what differs and what to do; it holds no personal data.
 */
export type Remark = { upstream: Upstream; kind: RemarkKind; message: string };

export type OnRemark = (remark: Remark) => void;
