/** The credential of `Authorization: Bearer …` (RFC 6750, section 2.1); null without the header, '' for another scheme. */
export function bearerToken(headers: Pick<Headers, 'get'>): string | null {
  const header = headers.get('authorization');
  if (header === null) return null;
  return /^Bearer +([\w~+/.-]+=*)$/i.exec(header.trim())?.[1] ?? '';
}
