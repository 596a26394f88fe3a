import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, inflateRaw, type ZlibOptions } from 'node:zlib';

const withHeader = promisify(inflate);
const withoutHeader = promisify(inflateRaw);

/** Zlib's format, or the bare stream that some servers send in its place (RFC 9110, section 8.4.1.2). */
const deflate = (body: Buffer, options: ZlibOptions): Promise<Buffer> =>
  withHeader(body, options).catch(() => withoutHeader(body, options));

const decoders = {
  gzip: promisify(gunzip),
  'x-gzip': promisify(gunzip),
  deflate,
  br: promisify(brotliDecompress),
};

const isDecodable = (coding: string): coding is keyof typeof decoders => Object.hasOwn(decoders, coding);

/** Each may undo what the one before has grown to. */
const maxCodings = 3;

/**
 * Undoes a Content-Encoding, a chain of them included (RFC 9110, section 8.4). Null for an unknown coding, damaged
 * bytes, or content that would grow beyond `maxBytes`.
 */
export async function decodeBody(body: Buffer, encoding: string | null, maxBytes: number): Promise<Buffer | null> {
  const codings = (encoding ?? '')
    .split(',')
    .map((it) => it.trim().toLowerCase())
    .filter((it) => it !== '' && it !== 'identity');
  if (codings.length > maxCodings) return null;
  let bytes = body;
  for (const coding of codings.reverse()) {
    if (!isDecodable(coding)) return null;
    if (bytes.length === 0) continue;
    try {
      bytes = await decoders[coding](bytes, { maxOutputLength: maxBytes });
    } catch {
      return null;
    }
  }
  return bytes;
}
