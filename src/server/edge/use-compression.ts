import type { Plugin } from 'graphql-yoga';
import { compress, leastBytesToCompress } from './compress.ts';
import { preferredEncoding } from './negotiation.ts';

const compressible = /^application\/(graphql-response\+)?json\b/;

/** Compresses responses, except those that are compressed already, small, or streamed. */
export function useCompression(): Plugin {
  return {
    onResponse: async ({ request, response, setResponse, fetchAPI }) => {
      const { headers, status, statusText } = response;
      if (!compressible.test(headers.get('content-type') ?? '')) return;
      headers.append('vary', 'Accept-Encoding');
      const isLarge = Number(headers.get('content-length')) >= leastBytesToCompress;
      const accepted = request.headers.get('accept-encoding');
      if (!isLarge || headers.has('content-encoding') || preferredEncoding(accepted) === null) return;

      const { body, encoding } = await compress(Buffer.from(await response.arrayBuffer()), accepted);
      if (encoding !== null) headers.set('content-encoding', encoding);
      headers.set('content-length', String(body.length));
      setResponse(new fetchAPI.Response(body, { status, statusText, headers }));
    },
  };
}
