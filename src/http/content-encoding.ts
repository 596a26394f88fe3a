import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, inflateRaw } from 'node:zlib';

const inflateZlib = promisify(inflate);
const inflateBare = promisify(inflateRaw);

const decoders = {
  gzip: promisify(gunzip),
  'x-gzip': promisify(gunzip),
  // In zlib's format by the standard, and bare from servers that took the name at its word (RFC 9110, section 8.4.1.2).
  deflate: (bytes: Buffer, limits: { maxOutputLength: number }) =>
    inflateZlib(bytes, limits).catch(() => inflateBare(bytes, limits)),
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
