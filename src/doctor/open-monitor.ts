import type { Allowance } from '../http/allowance.ts';
import { UpstreamMonitor } from '../http/monitor.ts';
import { thirdOf } from './third-of.ts';

/** Of one examination. A refusal holds no other check back: each is to see the answer to its own request. */
export const openMonitor = (allowance: Allowance | null): UpstreamMonitor =>
  new UpstreamMonitor(thirdOf(allowance), undefined, null);
