import { z } from 'zod';

/** What the probe is told. */
export type ProbeRequest = { skipSeconds: number; resetsDelays: boolean };

/**
 * What a process tells of itself. Milliseconds and megabytes; delays are since the last reset. The longest slice is that of
 * keepers that have published something since the first request, from their beginning on.
 */
export const figuresShape = z.object({
  longestSliceMs: z.number(),
  delayP50: z.number(),
  delayP999: z.number(),
  delayMax: z.number(),
  heapUsed: z.number(),
  heapTotal: z.number(),
  external: z.number(),
});
export type Figures = z.infer<typeof figuresShape>;
