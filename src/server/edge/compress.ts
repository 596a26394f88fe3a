import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { type Encoding, preferredEncoding } from './negotiation.ts';

const gzipped = promisify(gzip);
const brotli = promisify(brotliCompress);

/** Compressing a smaller body saves less than the headers of a packet. */
export const leastBytesToCompress = 1_024;

/** Shrinks a full join to a tenth in less than a millisecond. Higher levels take ten times as long for a tenth less. */
const brotliLevel = 4;

/** A buffer with its own memory, as Response of the fetch API needs it. */
type Bytes = Buffer<ArrayBuffer>;

export type Compressed = { body: Bytes; encoding: Encoding | null };

/**
 * Compresses a body for a caller with this `Accept-Encoding`, if the caller accepts an encoding and the body is large enough.
 * Otherwise returns the body as it is, with null. If you send a body repeatedly, cache the result for each encoding.
 */
export async function compress(body: Bytes, acceptEncoding: string | null | undefined): Promise<Compressed> {
  const encoding = body.length < leastBytesToCompress ? null : preferredEncoding(acceptEncoding);
  if (encoding === null) return { body, encoding };
  return { body: await compressors[encoding](body), encoding };
}

const compressors: Record<Encoding, (body: Bytes) => Promise<Bytes>> = {
  gzip: (body) => gzipped(body),
  br: (body) =>
    brotli(body, {
      params: { [constants.BROTLI_PARAM_QUALITY]: brotliLevel, [constants.BROTLI_PARAM_SIZE_HINT]: body.length },
    }),
};
