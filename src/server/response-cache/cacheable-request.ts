import type { IncomingMessage } from 'node:http';
import { finished } from 'node:stream';
import type { Viewer } from '../../../resolvers/context.ts';
import { rightsOf } from '../execution/operation-key.ts';
import { explainHeader } from '../explain/explanation.ts';

/** Larger operations are not cached. */
const maxBodyBytes = 64 * 1024;

/**
 * The length of the body of a request whose response may be cached; null for other requests. Only JSON by POST: a browser
 * sends that for a foreign page only after a preflight request, so the request has passed CSRF prevention.
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

/** Everything that determines a response: the caller's scopes, the operation, and the requested form. */
export function responseKey({ headers }: IncomingMessage, body: string, viewer: Viewer): string {
  const shape = [rightsOf(viewer), headers.accept, headers['accept-language'], headers.origin];
  return `${JSON.stringify(shape)}\n${body}`;
}

/** Null if the body is incomplete or not UTF-8. By events, because an asynchronous iterator takes several times as long. */
export const readBody = (request: IncomingMessage, length: number): Promise<string | null> =>
  new Promise((resolve) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    // Also ends for a caller who hangs up, or has hung up before.
    finished(request, (error) => {
      const bytes = Buffer.concat(chunks);
      resolve(error == null && bytes.length === length ? textOf(bytes) : null);
    });
  });

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function textOf(bytes: Buffer): string | null {
  try {
    return decoder.decode(bytes);
  } catch {
    return null;
  }
}
