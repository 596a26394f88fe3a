import type { Measure } from '../limits/measures.ts';
import type { OperationReport } from '../telemetry/operation-report.ts';

/** A request of this header, with `1`, is answered with `extensions.explain`. */
export const explainHeader = 'x-hr-graph-explain';

/** `extensions.explain`: where the time went, what was asked of the upstreams, and what the operation costs. */
export type Explanation = OperationReport & {
  phases: {
    /** Writing the answer as JSON. */
    serialisationMs: number;
  };
  /** Against the limits, as the worst case. */
  cost: Measure[];
};
