import { createHash } from 'node:crypto';

/** A weak tag of the whole body, so that it depends on include, limit and page (Lucca, Cache). */
export function etagOf(body: string, unquoted: boolean): string {
  const digest = createHash('sha256').update(body).digest('base64url').slice(0, 16);
  return unquoted ? `W/${digest}` : `W/"${digest}"`;
}

/**
 * Whether an If-Match or If-None-Match header has the tag. Lucca writes tags with and without quotes and prefix, and all its
 * tags are weak, so only the bare values are compared. Lists and `*` are assumed to work as in RFC 9110.
 */
export const namesTag = (header: string, etag: string): boolean =>
  header.split(',').some((tag) => tag.trim() === '*' || withoutDecoration(tag) === withoutDecoration(etag));

const withoutDecoration = (tag: string): string =>
  tag
    .trim()
    .replace(/^W\//, '')
    .replace(/^"(.*)"$/, '$1');
