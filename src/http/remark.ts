import type { Upstream } from '../domain/upstream.ts';

/** What differs: the clocks, the most rows that a page holds, or what a total counts. */
type RemarkKind = 'clock' | 'page cap' | 'total';

/**
 * An upstream does otherwise than it was asked or than its documents lead to expect. It is understood all the same, and
 * costs something, or points to a mistake. `message` says what, and what to do; it shows nobody's data.
 */
export type Remark = { upstream: Upstream; kind: RemarkKind; message: string };

export type OnRemark = (remark: Remark) => void;
