import type { IncomingMessage } from 'node:http';
import type { GraphQLError } from 'graphql';
import { maxHeadBytes } from '../limits/limits.ts';
import { refusal } from '../refusal.ts';
import { preferredMediaType } from './negotiation.ts';

/** Yoga responds with 406 to an unknown type. */
const nothingKnown = 'none/acceptable';

/**
 * Rewrites the media types of a request for Yoga. Accept gets only the preferred type, because Yoga ignores weights. The type
 * of the body is lower-cased, because Yoga's comparison is case-sensitive.
 */
export function normaliseMediaTypes({ headers, method }: IncomingMessage, options: { hasGraphiql: boolean }): void {
  const hasPage = method === 'GET' && options.hasGraphiql;
  headers.accept = preferredMediaType(headers.accept, { hasPage }) ?? nothingKnown;
  const type = headers['content-type'];
  if (type !== undefined)
    headers['content-type'] = type.replace(/^[^;]+/, (essence) => essence.trimEnd().toLowerCase());
}

/** The error for a request whose address or headers cannot be served; null if they can. */
export function problemWithHead(request: IncomingMessage): GraphQLError | null {
  return tooLong(request) ?? foreignCharset(request);
}

/** Node's own error names neither the header that is too long nor the limit. */
function tooLong({ url = '', rawHeaders }: IncomingMessage): GraphQLError | null {
  let longest = { name: "the request's address", bytes: url.length };
  let sum = url.length;
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] ?? '';
    const bytes = name.length + (rawHeaders[at + 1] ?? '').length;
    sum += bytes;
    if (bytes > longest.bytes) longest = { name: `the header ${name.toLowerCase().slice(0, 40)}`, bytes };
  }
  if (sum <= maxHeadBytes) return null;
  const message = `Address and headers may take ${maxHeadBytes} bytes together, and take ${sum}: ${longest.name} alone takes ${longest.bytes}.`;
  return refusal(message, { code: 'BAD_USER_INPUT', status: 431 });
}

function foreignCharset({ headers }: IncomingMessage): GraphQLError | null {
  const charset = /;\s*charset="?([\w-]+)/i.exec(headers['content-type'] ?? '')?.[1]?.toLowerCase();
  if (charset === undefined || ['utf-8', 'utf8', 'us-ascii'].includes(charset)) return null;
  return refusal('Send the body in UTF-8: the Content-Type names another charset.', {
    code: 'BAD_USER_INPUT',
    status: 415,
  });
}
