import type { Allowance } from '../http/allowance.ts';

/** The share of a rate limit that the doctor may use. The server and other integrations of the tenant use it too. */
export const thirdOf = (allowance: Allowance | null): Allowance | null =>
  allowance && { ...allowance, count: Math.max(1, Math.floor(allowance.count / 3)) };
