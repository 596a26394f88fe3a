import type { LuccaVariation } from './variations.ts';

/**
 * What Lucca's documents leave open, or allow without promising it, as switches that a test may turn while the
 * emulator runs. The defaults are the plainest reading of the documents.
 */
export type LuccaKnobs = {
  /** Origin of every absolute URL in a body; null: http and the request's Host. */
  publicOrigin: string | null;
  /** Refuse an unknown query parameter with 400; otherwise ignore it, as servers of Lucca's kind do. */
  strictQuery: boolean;
  /** Documented filters that are accepted and then not applied: the silent mistake a client must survive. */
  ignoredFilters: readonly string[];
  /** Lucca's paging guide keeps the query in `next.href`; the reference's samples keep page and limit only. */
  linksKeep: 'all-parameters' | 'page-and-limit';
  /** Most rows a page holds, whatever `limit` asks. */
  pageCap: number;
  /** Every cursor is answered as expired: 400 with `errors.page`. */
  cursorsExpire: boolean;
  /** Best effort: partial sends references only, gaps leaves out every other one from the first on, missing sends none. */
  embeds: 'complete' | 'partial' | 'gaps' | 'missing';
  /** A resource is embedded only for a token that may read its kind. */
  embedsNeedScope: boolean;
  /** How an optional key without a value is sent: null (`{}` for t9n), or not at all. */
  optionalKeys: 'null' | 'absent';
  /** How an employee without employment or job-position says so: Lucca's schema has an object there, or nothing. */
  noApplicable: 'absent' | 'empty' | 'null';
  /** What is odd about the lists; null: nothing. */
  variation: LuccaVariation | null;
  /** How totalCount, links and embedded are sent when `include` does not ask for them. */
  unaskedIncludes: 'absent' | 'null';
  /** Send `links: null` on resources, as older samples do. */
  nullLinks: boolean;
  /** Add a member that no document mentions to every resource and collection. */
  unknownMembers: boolean;
  /** Send the status `preboarding`, which no document mentions, for `upcoming`. */
  unknownEnumMembers: boolean;
  /** Send `W/abc`, as the reference's samples do, for `W/"abc"`. */
  unquotedETags: boolean;
  /** Most endpoints have ETags: not all, by the documents. */
  hasETags: boolean;
  /** Honour Accept-Encoding with gzip or br; or answer in deflate, of either kind, unasked. */
  compress: boolean | 'deflate' | 'raw-deflate';
  /** Bodies begin with a byte order mark. */
  byteOrderMark: boolean;
  /** How the token endpoint tells `expires_in`; zero means that a token serves once. */
  expiresIn: 'number' | 'text' | 'absent' | 'zero';
  /** Errors as problem documents, with `details` for `detail` as in one sample, or as a proxy's page. */
  errorBody: 'problem' | 'details' | 'page';
  /** Count a call against the rate limit before its token is looked at. */
  rateLimitBeforeAuthentication: boolean;
  /** Status of the token endpoint's `invalid_client`. */
  invalidClientStatus: 400 | 401;
  /** The order of the event log, by time: Lucca does not tell it. */
  eventOrder: 'oldest first' | 'newest first';
  /** Values of the headers of the same names; null: not sent. */
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
