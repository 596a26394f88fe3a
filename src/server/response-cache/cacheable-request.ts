import type { IncomingMessage } from 'node:http';
import type { Viewer } from '../../../resolvers/context.ts';
import { rightsOf } from '../execution/operation-key.ts';
import { explainHeader } from '../explain/explanation.ts';

/** Larger operations are not cached. */
const maxBodyBytes = 64 * 1024;

/**
 * The length of the body of a request whose response may be cached; null for all others. JSON by POST alone: a browser
 * does not send that for a foreign page without asking first, so it has passed CSRF prevention.
 */
export function cacheableLength({ method, url, headers }: IncomingMessage): number | null {
  const isPlain =
    method === 'POST' &&
    url === '/graphql' &&
    /^application\/json(?:; *charset=utf-8)?$/i.test(headers['content-type'] ?? '') &&
    headers['content-encoding'] === undefined &&
    headers['transfer-encoding'] === undefined &&
    headers['cache-control'] === undefined &&
    headers[explainHeader] === undefined;
  const length = isPlain ? Number(headers['content-length']) : Number.NaN;
  return Number.isInteger(length) && length > 0 && length <= maxBodyBytes ? length : null;
}

/** All that shapes a response: what the caller may see, what was asked, and how it is to be written. */
export function responseKey({ headers }: IncomingMessage, body: string, viewer: Viewer): string {
  const shape = [rightsOf(viewer), headers.accept, headers['accept-language'], headers.origin];
  return `${JSON.stringify(shape)}\n${body}`;
}

/** Null where it did not come whole, or is no UTF-8. */
export async function readBody(request: IncomingMessage, length: number): Promise<string | null> {
  const chunks: Buffer[] = [];
  let received = 0;
  try {
    for await (const chunk of request) {
      const bytes: Buffer = chunk;
      chunks.push(bytes);
      received += bytes.length;
    }
  } catch {
    return null;
  }
  if (received !== length) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.concat(chunks));
  } catch {
    return null;
  }
}
