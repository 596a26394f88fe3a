import Negotiator from 'negotiator';

/** For callers who accept anything. */
const usual = 'application/json';
/** The media types of responses. */
const inUtf8 = [usual, 'application/graphql-response+json', 'text/event-stream', 'multipart/mixed'].map(
  (type) => `${type};charset=utf-8`,
);
const inUtf8WithPage = [...inUtf8, 'text/html;charset=utf-8'];

/** The encodings of response bodies, the smaller one first. */
export type Encoding = 'br' | 'gzip';
const encodings: string[] = ['br', 'gzip'] satisfies Encoding[];
const isEncoding = (name: string | undefined): name is Encoding => name !== undefined && encodings.includes(name);

/**
 * The caller's preferred media type among those that the endpoint has, by the weights of `Accept` (RFC 9110, section 12.5.1);
 * null if none is acceptable. `hasPage`: the endpoint also has HTML.
 */
export function preferredMediaType(accept: string | undefined, { hasPage }: { hasPage: boolean }): string | null {
  // Nearly all callers send one of these, and negotiation takes a twentieth of a response from the cache.
  if (accept === undefined || accept === '*/*' || accept === usual) return usual;
  const headers = accept.trim() === '' ? {} : { accept };
  const preferred = new Negotiator({ headers }).mediaType(hasPage ? inUtf8WithPage : inUtf8);
  return preferred?.split(';')[0] ?? null;
}

/** The caller's preferred encoding (RFC 9110, section 12.5.3); null for none. */
export function preferredEncoding(acceptEncoding: string | null | undefined): Encoding | null {
  return encodingOf(acceptEncoding, []);
}

/** For files that are compressed once and sent often: the smallest of the encodings that the caller prefers equally. */
export function smallestEncoding(acceptEncoding: string | null | undefined): Encoding | null {
  return encodingOf(acceptEncoding, encodings);
}

/** The package's types belong to its previous version. */
type ByPreference = (available: string[], options: { preferred: string[] }) => string | undefined;

function encodingOf(acceptEncoding: string | null | undefined, preferred: string[]): Encoding | null {
  const headers = acceptEncoding == null ? {} : { 'accept-encoding': acceptEncoding };
  const negotiator = new Negotiator({ headers });
  const choose: ByPreference = negotiator.encoding.bind(negotiator);
  const chosen = choose([...encodings, 'identity'], { preferred });
  return isEncoding(chosen) ? chosen : null;
}
