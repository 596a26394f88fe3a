/**
 * The page token in the address of a next page, as it is written there: it is opaque, and a `+` in it need not mean a
 * space (Lucca docs: paging). Null where there is none. Scheme, host, port and path do not matter: behind a proxy they
 * are others than ours, and nothing is sent to them.
 */
export function pageTokenIn(href: string): string | null {
  const [beforeFragment = ''] = href.split('#');
  const query = beforeFragment.slice(beforeFragment.indexOf('?') + 1);
  const token = query
    .split('&')
    .find((parameter) => parameter.startsWith('page='))
    ?.slice('page='.length);
  if (token === undefined || token === '' || !token.isWellFormed()) return null;
  // What no request target may hold can only be meant to be encoded.
  return token.replace(/[^\x21-\x7e]/gu, encodeURIComponent);
}
