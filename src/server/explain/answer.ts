import { z } from 'zod';
import { upstreams } from '../../domain/upstream.ts';
import { listNames } from '../../loaders/list-names.ts';
import type { Explanation } from './explanation.ts';

const upstream = z.enum(upstreams);
const error = z.string().nullable();

const explanation: z.ZodType<Explanation> = z.object({
  totalMs: z.number(),
  phases: z.object({
    preparationMs: z.number(),
    planningMs: z.number(),
    executionMs: z.number(),
    waitingMs: z.number(),
    serialisationMs: z.number(),
  }),
  upstreamRequests: z.array(
    z.object({
      upstream,
      method: z.string(),
      path: z.string(),
      why: z.string(),
      round: z.int(),
      startMs: z.number(),
      ms: z.number().nullable(),
      isShared: z.boolean(),
      cache: z.enum(['none', 'unchanged', 'changed']),
      rows: z.int().nullable(),
      bytes: z.int().nullable(),
      attempt: z.int(),
      status: z.int().nullable(),
      error,
    }),
  ),
  waits: z.array(
    z.object({
      upstream,
      reason: z.string(),
      why: z.string(),
      startMs: z.number(),
      ms: z.number(),
      isShared: z.boolean(),
      error,
    }),
  ),
  lists: z.array(
    z.object({
      list: z.literal(listNames),
      upstream,
      state: z.enum(['fresh', 'stale', 'read', 'shared', 'replica', 'failed']),
      ageSeconds: z.number().nullable(),
      rows: z.int().nullable(),
      waitedMs: z.number(),
      error,
    }),
  ),
  cost: z.array(z.object({ measure: z.string(), cost: z.number(), limit: z.number() })),
});

/** An answer with an explanation, as far as it is of use here. */
export const explainedAnswer = z.object({
  errors: z
    .array(z.object({ message: z.string(), extensions: z.looseObject({ code: z.string().optional() }).optional() }))
    .default([]),
  extensions: z.object({ explain: explanation.optional() }).default({}),
});
