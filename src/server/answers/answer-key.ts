import type { IncomingMessage } from 'node:http';
import type { Viewer } from '../../../resolvers/context.ts';
import { preferredEncoding } from '../edge/negotiation.ts';
import { rightsOf } from '../execution/operation-key.ts';

/** Larger operations are answered the long way. */
const maxBodyBytes = 64 * 1024;

/**
 * The length of the body of a request whose answer may have been kept; null for all others. JSON by POST alone: a browser
 * does not send that for a foreign page without asking first, so it has passed CSRF prevention.
 */
export function lengthOfAnswerable({ method, url, headers }: IncomingMessage): number | null {
  const isPlain =
    method === 'POST' &&
    url === '/graphql' &&
    /^application\/json(?:; *charset=utf-8)?$/i.test(headers['content-type'] ?? '') &&
    headers['content-encoding'] === undefined &&
    headers['transfer-encoding'] === undefined &&
    headers['cache-control'] === undefined;
  const length = isPlain ? Number(headers['content-length']) : Number.NaN;
  return Number.isInteger(length) && length > 0 && length <= maxBodyBytes ? length : null;
}

/** All that shapes an answer: what the caller may see, what was asked, and how it is to be written. */
export function answerKey({ headers }: IncomingMessage, body: string, viewer: Viewer): string {
  const shape = [
    rightsOf(viewer),
    headers.accept,
    preferredEncoding(headers['accept-encoding']),
    headers['accept-language'],
    headers.origin,
  ];
  return `${JSON.stringify(shape)}\n${body}`;
}
