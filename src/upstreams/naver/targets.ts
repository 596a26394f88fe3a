export type NaverResource = 'grade' | 'job' | 'employee';

/** NAVER, Job grade v2: request path parameters. */
const maxKeyLength = 36;

export type NaverTarget = {
  /** Percent-encoded, as signed and sent. */
  target: string;
  /** The path as NAVER documents it. */
  route: string;
};

export type NaverTargets = {
  list(resource: NaverResource, offset: number, limit: number): NaverTarget;
  /** Null for a key that no item can have, or that no request can name safely. */
  item(resource: NaverResource, externalKey: string): NaverTarget | null;
};

const routeOfCompany = '/organization/apigw/v2/company/{companyId}';

/**
 * The request targets of one company, percent-encoded as signed and sent. They include the path of `baseUrl` (a proxy's
 * prefix). Source: NAVER, Job grade v2 and Job position v2: request URL.
 */
export function createTargets(baseUrl: string, companyId: string): NaverTargets {
  const prefix = new URL(baseUrl).pathname.replace(/\/+$/, '');
  const company = `${prefix}/organization/apigw/v2/company/${encodeSegment(companyId)}`;
  return {
    list: (resource, offset, limit) => ({
      target: `${company}/${resource}?offset=${offset}&limit=${limit}`,
      route: `${routeOfCompany}/${resource}`,
    }),
    item: (resource, externalKey) =>
      isRequestable(externalKey)
        ? {
            target: `${company}/${resource}/${encodeSegment(externalKey)}`,
            route: `${routeOfCompany}/${resource}/{externalKey}`,
          }
        : null,
  };
}

/**
 * False for a blank key, which would request the list; for `.` and `..`, dot segments that some servers resolve even as
 * %2E; and for half a surrogate pair, which has no UTF-8.
 */
function isRequestable(externalKey: string): boolean {
  const isDotSegment = externalKey === '.' || externalKey === '..';
  const fits = externalKey.trim() !== '' && [...externalKey].length <= maxKeyLength;
  return fits && !isDotSegment && externalKey.isWellFormed();
}

/** Encodes everything except RFC 3986's unreserved characters, so that no server can interpret the rest differently. */
function encodeSegment(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
