/**
 * The page token in the address of a next page, exactly as written: it is opaque, and a `+` in it need not mean a space
 * (Lucca docs: paging). Null if there is none. Scheme, host, port and path are ignored: behind a proxy they differ from
 * ours, and nothing is sent to them.
 */
export function pageTokenIn(href: string): string | null {
  const [beforeFragment = ''] = href.split('#');
  const query = beforeFragment.slice(beforeFragment.indexOf('?') + 1);
  const token = query
    .split('&')
    .find((parameter) => parameter.startsWith('page='))
    ?.slice('page='.length);
  if (token === undefined || token === '' || !token.isWellFormed()) return null;
  // A request target cannot hold other characters, so they are meant to be encoded.
  return token.replace(/[^\x21-\x7e]/gu, encodeURIComponent);
}
