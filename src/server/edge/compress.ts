import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { type Encoding, preferredEncoding } from './negotiation.ts';

const gzipped = promisify(gzip);
const brotli = promisify(brotliCompress);

/** In less, the headers of a packet weigh more than what is saved. */
export const leastBytesToCompress = 1_024;

/** A tenth of the size, of a full join, in less than a millisecond; higher levels take ten times as long for a tenth less. */
const brotliLevel = 4;

/** Memory of its own, as answers of the platform's fetch need it. */
type Bytes = Buffer<ArrayBuffer>;

export type Compressed = { body: Bytes; encoding: Encoding | null };

/**
 * The body as it is best sent to a caller with this `Accept-Encoding`: compressed where the caller takes it and it pays,
 * else as it is, with null. Cache what comes back where an answer is sent again: one entry for each encoding.
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
