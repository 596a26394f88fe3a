import { z } from 'zod';
import { upstreams } from '../domain/upstream.ts';
import { UpstreamError } from '../errors.ts';

const codes = [
  'UPSTREAM_TIMEOUT',
  'UPSTREAM_UNAVAILABLE',
  'UPSTREAM_RATE_LIMITED',
  'UPSTREAM_AUTH_FAILED',
  'UPSTREAM_INVALID_RESPONSE',
  'UPSTREAM_NOT_CONFIGURED',
] as const;

const shape = z.object({
  code: z.enum(codes),
  upstream: z.enum(upstreams),
  message: z.string(),
  summary: z.string().optional(),
  retryAfterSeconds: z.number().optional(),
  traceId: z.string().optional(),
  status: z.number().optional(),
  vendorCode: z.string().optional(),
  isTransient: z.boolean(),
  isUnsent: z.boolean(),
});

/** What an upstream's failure is for other processes. Its texts hold no secret and nobody's data. */
export const failureToJson = (error: UpstreamError): z.infer<typeof shape> =>
  shape.parse({ ...error, message: error.message });

/** Null for what is none. */
export function failureFromJson(json: unknown): UpstreamError | null {
  const parsed = shape.safeParse(json);
  return parsed.success ? new UpstreamError(parsed.data) : null;
}
