import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { compress } from '../edge/compress.ts';
import { smallestEncoding } from '../edge/negotiation.ts';
import { type Asset, encodedAsset } from './asset.ts';

/** The name contains a hash of the content, so a browser may cache for a year, the usual maximum (RFC 8246). */
const forever = 'public, max-age=31536000, immutable';

/** Headers of every page and every file. */
const safeHeaders = { 'x-content-type-options': 'nosniff', 'cross-origin-resource-policy': 'same-origin' };

export async function sendAsset(asset: Asset, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { body, encoding } = await encodedAsset(asset, smallestEncoding(acceptedBy(request)));
  const headers = { ...safeHeaders, 'content-type': asset.type, 'cache-control': forever, ...encoded(encoding) };
  send(request, response, 200, headers, body);
}

export type Page = {
  html: string;
  /** Directives of the Content-Security-Policy in addition to those of every page. */
  policy: Record<string, string>;
  status?: number;
  headers?: OutgoingHttpHeaders;
};

/** Allows only the named sources, and only from this server, because pages show data that a caller may see. */
const strictPolicy = {
  'default-src': "'none'",
  'script-src': "'self'",
  'style-src': "'self'",
  'img-src': "'self'",
  'connect-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'frame-ancestors': "'none'",
};

export async function sendPage(page: Page, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const policy = Object.entries({ ...strictPolicy, ...page.policy });
  const { body, encoding } = await compress(Buffer.from(page.html), acceptedBy(request));
  const headers = {
    ...safeHeaders,
    ...page.headers,
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'private, no-store',
    'content-security-policy': policy.map((directive) => directive.join(' ')).join('; '),
    'referrer-policy': 'no-referrer',
    ...encoded(encoding),
  };
  send(request, response, page.status ?? 200, headers, body);
}

const encoded = (encoding: string | null) => ({
  vary: 'Accept-Encoding',
  ...(encoding !== null && { 'content-encoding': encoding }),
});

function send(
  { method }: IncomingMessage,
  response: ServerResponse,
  status: number,
  headers: OutgoingHttpHeaders,
  body: Uint8Array,
): void {
  response.writeHead(status, { ...headers, 'content-length': body.length });
  response.end(method === 'HEAD' ? undefined : body);
}

const acceptedBy = ({ headers }: IncomingMessage): string | undefined => {
  const accepted = headers['accept-encoding'];
  return Array.isArray(accepted) ? accepted.join(', ') : accepted;
};
