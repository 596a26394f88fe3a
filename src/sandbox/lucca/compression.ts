import { brotliCompressSync, constants, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import type { Reply } from '../emulator.ts';

const encoders: Record<string, ((body: string) => Buffer) | undefined> = {
  gzip: (body) => gzipSync(body),
  // The default quality is for files that are compressed once, and takes a hundred times as long.
  br: (body) => brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }),
};

/** Compresses the reply with the given form of deflate, regardless of Accept-Encoding. */
export function deflateReply(reply: Reply, form: 'deflate' | 'raw-deflate'): Reply {
  if (typeof reply.body !== 'string') return reply;
  const body = form === 'deflate' ? deflateSync(reply.body) : deflateRawSync(reply.body);
  return { ...reply, headers: { ...reply.headers, 'content-encoding': 'deflate' }, body };
}

/** Compresses the reply with the coding that Accept-Encoding prefers; without that header, leaves it as it is. */
export function compressReply(reply: Reply, acceptEncoding: string | undefined): Reply {
  const coding = favouriteOf(acceptEncoding ?? '');
  const encode = coding === undefined ? undefined : encoders[coding];
  if (coding === undefined || encode === undefined || typeof reply.body !== 'string') return reply;
  const headers = { ...reply.headers, 'content-encoding': coding, vary: 'accept-encoding' };
  return { ...reply, headers, body: encode(reply.body) };
}

function favouriteOf(acceptEncoding: string): string | undefined {
  const offers = acceptEncoding.split(',').map((offer) => {
    const [coding = '', ...parameters] = offer
      .trim()
      .toLowerCase()
      .split(/\s*;\s*/);
    const quality = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2) ?? '1';
    return { coding, quality: Number(quality) };
  });
  const served = offers.filter(({ coding, quality }) => ['gzip', 'br', 'identity'].includes(coding) && quality > 0);
  return served.toSorted((a, b) => b.quality - a.quality)[0]?.coding;
}
