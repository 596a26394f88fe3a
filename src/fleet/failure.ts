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

/** An upstream's failure as JSON, for other replicas. Its texts contain no secret and no personal data. */
export const failureToJson = (error: UpstreamError): z.infer<typeof shape> =>
  shape.parse({ ...error, message: error.message });

/** Returns null for JSON that is not a failure. */
export function failureFromJson(json: unknown): UpstreamError | null {
  const parsed = shape.safeParse(json);
  return parsed.success ? new UpstreamError(parsed.data) : null;
}
