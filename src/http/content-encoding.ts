import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, inflateRaw } from 'node:zlib';

const inflateZlib = promisify(inflate);
const inflateBare = promisify(inflateRaw);

const decoders = {
  gzip: promisify(gunzip),
  'x-gzip': promisify(gunzip),
  // The standard says zlib format, but some servers send raw deflate (RFC 9110, section 8.4.1.2).
  deflate: (bytes: Buffer, limits: { maxOutputLength: number }) =>
    inflateZlib(bytes, limits).catch((error: unknown) => {
      if (isTooLarge(error)) throw error;
      return inflateBare(bytes, limits);
    }),
  br: promisify(brotliDecompress),
};

/** True for zlib's error when the content exceeds the limit. */
export const isTooLarge = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';

type Coding = keyof typeof decoders;

export const isDecodable = (coding: string): coding is Coding => Object.hasOwn(decoders, coding);

/** Limits the work of a chain: each coding can decompress the output of the one before. */
export const maxCodings = 3;

/** The codings of a Content-Encoding, in lower case, in the order in which they were applied (RFC 9110, section 8.4). */
export const codingsOf = (encoding: string | null | undefined): string[] =>
  (encoding ?? '')
    .split(',')
    .map((coding) => coding.trim().toLowerCase())
    .filter((coding) => coding !== '' && coding !== 'identity');

/** Throws zlib's error for damaged bytes, and for content that exceeds `maxBytes` (see `isTooLarge`). */
export async function decode(body: Buffer, codings: readonly Coding[], maxBytes: number): Promise<Buffer> {
  let bytes = body;
  for (const coding of codings.toReversed()) {
    if (bytes.length > 0) bytes = await decoders[coding](bytes, { maxOutputLength: maxBytes });
  }
  return bytes;
}

/** Decodes a chain of Content-Encodings. Null for an unknown coding, damaged bytes, or more than `maxBytes`. */
export async function decodeBody(body: Buffer, encoding: string | null, maxBytes: number): Promise<Buffer | null> {
  const codings = codingsOf(encoding);
  if (codings.length > maxCodings || !codings.every(isDecodable)) return null;
  try {
    return await decode(body, codings, maxBytes);
  } catch {
    return null;
  }
}
