import type { ZodType } from 'zod';
import type { Upstream } from '../domain/upstream.ts';
import { UpstreamError } from '../errors.ts';

export type JsonContext = {
  upstream: Upstream /** What was asked, for the message: "the grade list". */;
  subject: string;
  traceId?: string | undefined;
};

/**
 * Parses an upstream's body, whatever its Content-Type says, and checks what we use of it.
 * Throws UPSTREAM_INVALID_RESPONSE, which names the places that do not fit and never their values.
 */
export function parseJson<T>(text: string, schema: ZodType<T>, context: JsonContext): T {
  const result = schema.safeParse(parseOrThrow(text, context));
  if (result.success) return result.data;
  const places = result.error.issues.slice(0, 3).map((issue) => `${issue.path.join('.') || 'the body'}: ${issue.code}`);
  throw invalidResponse(context, `${context.subject} has an unexpected shape (${places.join('; ')}).`);
}

/** As `parseJson`, but null instead of an error: for error bodies, which may be anything. */
export function tryParseJson<T>(text: string, schema: ZodType<T>): T | null {
  try {
    return schema.safeParse(JSON.parse(withoutByteOrderMark(text))).data ?? null;
  } catch {
    return null;
  }
}

/** Some servers send one before JSON, and parsers may ignore it (RFC 8259, section 8.1). */
export const withoutByteOrderMark = (text: string): string => (text.startsWith('\uFEFF') ? text.slice(1) : text);

export function invalidResponse({ upstream, traceId }: JsonContext, message: string): UpstreamError {
  return new UpstreamError({ code: 'UPSTREAM_INVALID_RESPONSE', upstream, traceId, message });
}

function parseOrThrow(text: string, context: JsonContext): unknown {
  try {
    return JSON.parse(withoutByteOrderMark(text));
  } catch {
    throw invalidResponse(context, `${context.subject} is not JSON (${text.length} characters).`);
  }
}
