import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompressSync, brotliDecompress, constants, gzip } from 'node:zlib';
import type { Encoding } from '../edge/negotiation.ts';

const gzipped = promisify(gzip);
const decompressed = promisify(brotliDecompress);

/** A file of a page. Its name contains a hash of its content, so that browsers may cache it for ever. */
export type Asset = {
  name: string;
  type: string;
  /** Compressed with br once for all callers, unless the format of the file is compressed already. */
  bytes: Uint8Array;
  isBrotli: boolean;
};

const types = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  ttf: 'font/ttf',
  woff: 'font/woff',
  woff2: 'font/woff2',
} as const;

export type Extension = keyof typeof types;

export const isExtension = (text: string): text is Extension => Object.hasOwn(types, text);

/** Takes half a second for all of GraphiQL. Higher levels take ten times as long for a tenth less. */
const brotliLevel = 9;

export function toAsset(stem: string, extension: Extension, content: string | Uint8Array): Asset {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  const hash = createHash('sha256').update(bytes).digest('base64url').slice(0, 16);
  const isBrotli = extension !== 'woff' && extension !== 'woff2';
  const params = { [constants.BROTLI_PARAM_QUALITY]: brotliLevel, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  return {
    name: `${stem}-${hash}.${extension}`,
    type: types[extension],
    bytes: isBrotli ? brotliCompressSync(bytes, { params }) : bytes,
    isBrotli,
  };
}

/** For browsers that do not accept br, such as over plain http from another machine: compressed once for all of them. */
const asGzip = new WeakMap<Asset, Promise<Uint8Array>>();

/** The body in the given encoding. */
export async function encodedAsset(asset: Asset, encoding: Encoding | null) {
  if (!asset.isBrotli) return { body: asset.bytes, encoding: null };
  if (encoding === 'br') return { body: asset.bytes, encoding };
  if (encoding === null) return { body: await decompressed(asset.bytes), encoding };
  const body = asGzip.get(asset) ?? decompressed(asset.bytes).then((bytes) => gzipped(bytes, { level: 9 }));
  asGzip.set(asset, body);
  return { body: await body, encoding };
}
