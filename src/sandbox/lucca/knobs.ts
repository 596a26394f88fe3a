import type { LuccaVariation } from './variations.ts';

/**
 * Choices for everything that Lucca's documents leave open, or allow without promising it. Tests may change them while the
 * emulator runs. The defaults are the plain reading of the documents.
 */
export type LuccaKnobs = {
  /** The origin of every absolute URL in a body; null: http and the request's Host. */
  publicOrigin: string | null;
  /** Refuses an unknown query parameter with 400; otherwise ignores it, as similar servers do. */
  strictQuery: boolean;
  /** Documented filters that are accepted but not applied: a silent error that a client must survive. */
  ignoredFilters: readonly string[];
  /** The parameters in `next.href`: Lucca's paging guide keeps all; the samples of the reference keep page and limit. */
  linksKeep: 'all-parameters' | 'page-and-limit';
  /** The maximum rows of a page, regardless of `limit`. */
  pageCap: number;
  /** Treats every cursor as expired: 400 with `errors.page`. */
  cursorsExpire: boolean;
  /** Embedding is best effort: partial sends only references, gaps omits every other resource, missing sends none. */
  embeds: 'complete' | 'partial' | 'gaps' | 'missing';
  /** Embeds a resource only if the token may read its kind. */
  embedsNeedScope: boolean;
  /** The form of an optional key without a value: null (`{}` for t9n), or absent. */
  optionalKeys: 'null' | 'absent';
  /** The form of a missing employment or job position of an employee: Lucca's schema has an object or nothing. */
  noApplicable: 'absent' | 'empty' | 'null';
  /** The variation of lists; null: none. */
  variation: LuccaVariation | null;
  /** The form of totalCount, links and embedded if `include` does not name them. */
  unaskedIncludes: 'absent' | 'null';
  /** Sends `links: null` on resources, as older samples do. */
  nullLinks: boolean;
  /** Adds an undocumented member to every resource and collection. */
  unknownMembers: boolean;
  /** Sends the undocumented status `preboarding` instead of `upcoming`. */
  unknownEnumMembers: boolean;
  /** Sends `W/abc`, as the samples of the reference do, instead of `W/"abc"`. */
  unquotedETags: boolean;
  /** Whether lists have ETags. The documents say that most endpoints have them, but not all. */
  hasETags: boolean;
  /** Honours Accept-Encoding with gzip or br, or always sends one of the two forms of deflate. */
  compress: boolean | 'deflate' | 'raw-deflate';
  /** Bodies begin with a byte order mark. */
  byteOrderMark: boolean;
  /** The form of `expires_in` of the token endpoint; zero means that a token serves once. */
  expiresIn: 'number' | 'text' | 'absent' | 'zero';
  /** Errors as problem documents, with `details` instead of `detail` as in one sample, or as a proxy's page. */
  errorBody: 'problem' | 'details' | 'page';
  /** Counts a request against the rate limit before checking its token. */
  rateLimitBeforeAuthentication: boolean;
  /** Status of the token endpoint's `invalid_client`. */
  invalidClientStatus: 400 | 401;
  /** The order of the event log by time, which Lucca does not document. */
  eventOrder: 'oldest first' | 'newest first';
  /** The values of the headers with these names; null: not sent. */
  deprecation: string | null;
  sunset: string | null;
};

export const defaultKnobs: Readonly<LuccaKnobs> = {
  publicOrigin: null,
  strictQuery: true,
  ignoredFilters: [],
  linksKeep: 'all-parameters',
  pageCap: 100,
  cursorsExpire: false,
  embeds: 'complete',
  embedsNeedScope: true,
  optionalKeys: 'null',
  noApplicable: 'absent',
  variation: null,
  unaskedIncludes: 'absent',
  nullLinks: false,
  unknownMembers: false,
  unknownEnumMembers: false,
  unquotedETags: false,
  hasETags: true,
  compress: true,
  byteOrderMark: false,
  expiresIn: 'number',
  errorBody: 'problem',
  rateLimitBeforeAuthentication: false,
  invalidClientStatus: 400,
  eventOrder: 'oldest first',
  deprecation: null,
  sunset: null,
};
