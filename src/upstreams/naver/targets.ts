export type NaverResource = 'grade' | 'job' | 'employee';

/** NAVER, Job grade v2: request path parameters. */
const maxKeyLength = 36;

export type NaverTarget = {
  /** Percent-encoded, as it is signed and sent. */
  target: string;
  /** As NAVER documents it. */
  route: string;
};

export type NaverTargets = {
  list(resource: NaverResource, offset: number, limit: number): NaverTarget;
  /** Null for a key that cannot belong to anything, or that no request can name safely. */
  item(resource: NaverResource, externalKey: string): NaverTarget | null;
};

const routeOfCompany = '/organization/apigw/v2/company/{companyId}';

/**
 * The request targets of one company, percent-encoded as they are signed and sent. A path in `baseUrl` (a proxy's
 * prefix) is part of them. Source: NAVER, Job grade v2 and Job position v2: request URL.
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
      canBeAsked(externalKey)
        ? {
            target: `${company}/${resource}/${encodeSegment(externalKey)}`,
            route: `${routeOfCompany}/${resource}/{externalKey}`,
          }
        : null,
  };
}

/**
 * A blank key would ask for the list; `.` and `..` are dot segments, which some servers resolve even as %2E; half a
 * surrogate pair has no UTF-8.
 */
function canBeAsked(externalKey: string): boolean {
  const isDotSegment = externalKey === '.' || externalKey === '..';
  const fits = externalKey.trim() !== '' && [...externalKey].length <= maxKeyLength;
  return fits && !isDotSegment && externalKey.isWellFormed();
}

/** Encodes everything but RFC 3986's unreserved characters, so that nothing is left to a server's interpretation. */
function encodeSegment(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (it) => `%${it.charCodeAt(0).toString(16).toUpperCase()}`);
}
