import type { ZodType } from 'zod';
import type { Upstream } from '../domain/upstream.ts';
import { UpstreamError } from '../errors.ts';

export type JsonContext = {
  upstream: Upstream;
  /** What was requested, for the message, such as "the grade list". */
  subject: string;
  traceId?: string | undefined;
};

/**
 * Parses an upstream's body regardless of its Content-Type, and validates the members that we use. Throws
 * UPSTREAM_INVALID_RESPONSE, which names the invalid members and never their values.
 */
export function parseJson<T>(text: string, schema: ZodType<T>, context: JsonContext): T {
  const result = schema.safeParse(parseOrThrow(text, context));
  if (result.success) return result.data;
  const places = result.error.issues.slice(0, 3).map((issue) => `${issue.path.join('.') || 'the body'}: ${issue.code}`);
  throw invalidResponse(context, `${context.subject} has an unexpected shape (${places.join('; ')}).`);
}

/** Like `parseJson`, but returns null instead of throwing: for error bodies, which can hold anything. */
export function tryParseJson<T>(text: string, schema: ZodType<T>): T | null {
  try {
    return schema.safeParse(JSON.parse(withoutByteOrderMark(text))).data ?? null;
  } catch {
    return null;
  }
}

/** Some servers send a byte order mark before JSON; parsers may ignore it (RFC 8259, section 8.1). */
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
