import { z } from 'zod';

/** What the generator's process does: so many connections ask, each the next body as soon as it has an answer. */
export const jobShape = z.object({
  url: z.string(),
  connections: z.number(),
  seconds: z.number(),
  /** Taken in turn. Each connection has a share of its own, so that no two ask the same at the same time. */
  bodies: z.array(z.string()).nonempty(),
});
export type Job = z.infer<typeof jobShape>;

export const loadShape = z.object({
  operations: z.number(),
  /** Questions sent: more than operations by those that the end cut off. */
  sent: z.number(),
  perSecond: z.number(),
  /** Milliseconds; whole ones, as autocannon counts them. */
  p50: z.number(),
  p99: z.number(),
  /** Answers that are not 200, that have errors other than CONFLICT, or that never came. */
  failed: z.number(),
  /** What the first of those answers said, or its beginning. */
  firstFailure: z.string().nullable(),
});
export type Load = z.infer<typeof loadShape>;
