import type { Allowance } from '../http/allowance.ts';

/** What an examination may use of an allowance, which the server and others of the tenant draw on as well. */
export const thirdOf = (allowance: Allowance | null): Allowance | null =>
  allowance && { ...allowance, count: Math.max(1, Math.floor(allowance.count / 3)) };
