import Negotiator from 'negotiator';

/** What answers can be written in; the first is for callers who take anything. */
const answerTypes = ['application/json', 'application/graphql-response+json', 'text/event-stream', 'multipart/mixed'];
const inUtf8 = (type: string): string => `${type};charset=utf-8`;

/** What bodies of answers can be compressed with. */
export type Encoding = 'br' | 'gzip';
const encodings: readonly string[] = ['br', 'gzip'] satisfies Encoding[];
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
  const headers = acceptEncoding == null ? {} : { 'accept-encoding': acceptEncoding };
  const preferred = new Negotiator({ headers }).encoding([...encodings, 'identity']);
  return isEncoding(preferred) ? preferred : null;
}
