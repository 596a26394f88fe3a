import { hash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { now } from '../../domain/now.ts';
import type { ListName } from '../../loaders/list-names.ts';
import { compress } from '../edge/compress.ts';
import { preferredEncoding } from '../edge/negotiation.ts';
import type { ShownData } from '../shown-data.ts';

/** A finished response with status 200. Its errors, if any, follow from the same lists as its data. */
export type CachedResponse = {
  /** Without the headers that belong to one moment or connection. */
  headers: Readonly<Record<string, string>>;
  body: Buffer<ArrayBuffer>;
  /** When the oldest list behind the response was read, in milliseconds since 1970; null if no list was used. */
  asOf: number | null;
  freshUntil: number;
  /** The versions of the lists behind the response. */
  versions: ReadonlyMap<ListName, number>;
  /** For the server's log and the audit log; `shown` is null without an audit log. */
  operation: string | null;
  errors: Readonly<Record<string, number>>;
  shown: ShownData | null;
};

/** A body as it is sent, compressed once for each encoding. `encoding` is null for an uncompressed body. */
type Encoded = { body: Buffer<ArrayBuffer>; encoding: string | null };

export type ResponseCache = {
  /** Null if a list behind the response has changed, was invalidated, or is no longer fresh. */
  get(key: string): CachedResponse | null;
  set(key: string, response: CachedResponse): void;
  encoded(response: CachedResponse, acceptEncoding: string | undefined): Promise<Encoded>;
  clear(): void;
};

const maxBytes = 64 * 1024 * 1024;
const overhead = 1_000;
/** Compressed bodies of both encodings together take about a fifth of the plain body. */
const withCompressed = 1.2;

/** `versionOf` returns the current version of a list. */
export function createResponseCache(versionOf: (list: ListName) => number | undefined): ResponseCache {
  const responses = new LRUCache<string, CachedResponse>({
    maxSize: maxBytes,
    sizeCalculation: ({ body }) => Math.ceil(body.length * withCompressed) + overhead,
  });
  const compressed = new WeakMap<CachedResponse, Map<string, Promise<Encoded>>>();
  // Stores a digest instead of the key: request bodies contain arguments, which may be long and name people.
  const digest = (key: string) => hash('sha256', key, 'base64url');

  const isCurrent = ({ versions, freshUntil }: CachedResponse): boolean =>
    now() < freshUntil && [...versions].every(([list, version]) => versionOf(list) === version);

  return {
    get: (key) => {
      const name = digest(key);
      const response = responses.get(name);
      if (response === undefined) return null;
      if (isCurrent(response)) return response;
      responses.delete(name);
      return null;
    },
    set: (key, response) => {
      if (isCurrent(response)) responses.set(digest(key), response);
    },
    encoded: (response, acceptEncoding) => {
      const encodings = compressed.get(response) ?? new Map<string, Promise<Encoded>>();
      compressed.set(response, encodings);
      // Many values of Accept-Encoding lead to the same encoding.
      const name = preferredEncoding(acceptEncoding) ?? 'identity';
      const encoded = encodings.get(name) ?? compress(response.body, acceptEncoding);
      encodings.set(name, encoded);
      return encoded;
    },
    clear: () => responses.clear(),
  };
}
