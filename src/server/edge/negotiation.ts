import Negotiator from 'negotiator';

/** What answers can be written in; the first is for callers who take anything. */
const answerTypes = ['application/json', 'application/graphql-response+json', 'text/event-stream', 'multipart/mixed'];
const inUtf8 = (type: string): string => `${type};charset=utf-8`;

/** What bodies of answers can be compressed with, the smaller first. */
export type Encoding = 'br' | 'gzip';
const encodings: string[] = ['br', 'gzip'] satisfies Encoding[];
const isEncoding = (name: string | undefined): name is Encoding => name !== undefined && encodings.includes(name);

/**
 * The one media type that a caller likes best of those that the endpoint has, by the weights of `Accept` (RFC 9110, section
 * 12.5.1); null where none is acceptable. `hasPage`: HTML is there as well.
 */
export function preferredMediaType(accept: string | undefined, { hasPage }: { hasPage: boolean }): string | null {
  const available = [...answerTypes, ...(hasPage ? ['text/html'] : [])].map(inUtf8);
  const headers = accept === undefined || accept.trim() === '' ? {} : { accept };
  const preferred = new Negotiator({ headers }).mediaType(available);
  return preferred?.split(';')[0] ?? null;
}

/** The encoding that a caller likes best (RFC 9110, section 12.5.3); null for none. */
export function preferredEncoding(acceptEncoding: string | null | undefined): Encoding | null {
  return encodingOf(acceptEncoding, []);
}

/** The same for what is compressed once and sent often: among those that a caller likes as much, the smallest. */
export function smallestEncoding(acceptEncoding: string | null | undefined): Encoding | null {
  return encodingOf(acceptEncoding, encodings);
}

/** The package's types are of the version before. */
type ByPreference = (available: string[], options: { preferred: string[] }) => string | undefined;

function encodingOf(acceptEncoding: string | null | undefined, preferred: string[]): Encoding | null {
  const headers = acceptEncoding == null ? {} : { 'accept-encoding': acceptEncoding };
  const negotiator = new Negotiator({ headers });
  const choose: ByPreference = negotiator.encoding.bind(negotiator);
  const chosen = choose([...encodings, 'identity'], { preferred });
  return isEncoding(chosen) ? chosen : null;
}
