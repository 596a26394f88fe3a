import { hash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { now } from '../../domain/now.ts';
import type { ListName } from '../../loaders/list-names.ts';
import { compress } from '../edge/compress.ts';
import { preferredEncoding } from '../edge/negotiation.ts';
import type { ShownData } from '../shown-data.ts';

/** A finished response, which is 200, and whose errors, if any, follow from the same lists as its data. */
export type CachedResponse = {
  /** Without those of the moment or of the connection. */
  headers: Readonly<Record<string, string>>;
  body: Buffer<ArrayBuffer>;
  /** See Outcome. */
  asOf: number | null;
  freshUntil: number;
  /** Of the lists that it was made of. */
  versions: ReadonlyMap<ListName, number>;
  /** What the server's log and the audit log say of it; `shown` is null where no audit log is written. */
  operation: string | null;
  errors: Readonly<Record<string, number>>;
  shown: ShownData | null;
};

/** What is sent: compressed once for each encoding. `encoding` is null for a body as it is. */
export type Encoded = { body: Buffer<ArrayBuffer>; encoding: string | null };

export type ResponseCache = {
  /** Null as soon as one of its lists has changed, was invalidated, or is no longer fresh. */
  get(key: string): CachedResponse | null;
  set(key: string, response: CachedResponse): void;
  encoded(response: CachedResponse, acceptEncoding: string | undefined): Promise<Encoded>;
  clear(): void;
};

const maxBytes = 64 * 1024 * 1024;
const overhead = 1_000;
/** Compressed bodies of both encodings take about a fifth of the plain one. */
const withCompressed = 1.2;

/** `versionOf`: of a list, now. */
export function createResponseCache(versionOf: (list: ListName) => number | undefined): ResponseCache {
  const responses = new LRUCache<string, CachedResponse>({
    maxSize: maxBytes,
    sizeCalculation: ({ body }) => Math.ceil(body.length * withCompressed) + overhead,
  });
  const compressed = new WeakMap<CachedResponse, Map<string, Promise<Encoded>>>();
  // The bodies of requests hold arguments, which may be long and name people.
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
      // One for each encoding, however many ways there are to ask for it.
      const name = preferredEncoding(acceptEncoding) ?? 'identity';
      const encoded = encodings.get(name) ?? compress(response.body, acceptEncoding);
      encodings.set(name, encoded);
      return encoded;
    },
    clear: () => responses.clear(),
  };
}
