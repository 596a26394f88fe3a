import type { CtrlHubVariation } from './variations.ts';

/** The three filter notations of Ctrl Hub's endpoints and SDKs. */
export type FilterDialect = 'bracket' | 'named' | 'operator';

/**
 * Choices for everything that Ctrl Hub's documentation leaves open. The defaults are the most likely reading. A test changes
 * one to prove that a client copes with the other. The emulator reads knobs at each request, so tests may change them any time.
 */
export type CtrlHubKnobs = {
  /** Status of a successful POST: 201 by JSON:API; older pages of the same API print 200. 202 and 204 have no body. */
  postStatus: 201 | 200 | 202 | 204;
  /** Whether the reply to a POST has the relationships of the assignment. */
  postReply: 'whole' | 'without-relationships';
  /** Whether unknown members of `attributes` in a POST are refused or ignored. */
  unknownAttributes: 'refuse' | 'ignore';
  /** Whether the reply to a POST has Location, although the documents have no request for a single assignment. */
  location: boolean;
  /** The reply to a second assignment with the same user, role and type. */
  duplicate: 409 | 'allow';
  /** How a job role that is not deleted is represented. */
  deletedAt: 'null' | 'absent';
  /** `flat`: meta.features.include; `params`: meta.features.params.include, seen on older lists. */
  features: 'flat' | 'params';
  jsonapiVersion: string;
  /** Refuses application/json request bodies, which older SDKs send. */
  strictMedia: boolean;
  /** The maximum rows of a page; null = no maximum. A larger limit is reduced, not refused. */
  maxLimit: number | null;
  dialects: readonly FilterDialect[];
  /** Whether the lists of organisations and members have meta.pagination; older lists do not. */
  membersPagination: boolean;
  /** Whether users in `included` have meta and relationships. */
  includedUsers: 'full' | 'attributes-only';
  /** Omits a related resource from `included` (for example for lack of permission), although linkage still names it. */
  omitIncluded: (type: string, id: string) => boolean;
  /** Ignores the filter and returns all rows, like a server that ignores unknown filters. */
  ignoreFilter: boolean;
  /** Job roles in the form of POST /v3/job-roles: `shared`, and specifications instead of qualifications. */
  newerJobRoleShape: boolean;
  sort: 'refuse' | 'ignore';
  /** counts.pages of an empty list. */
  emptyPages: 0 | 1;
  /** Whether include=organisation also adds the job roles that lead to the organisations (full linkage). */
  organisationBringsRoles: boolean;
  /** The variation of lists; null: none. */
  variation: CtrlHubVariation | null;
  /** The media type of every body; null: as documented. */
  label: string | null;
  /** Bodies begin with a byte order mark. */
  byteOrderMark: boolean;
  errorShape: 'list' | 'bare';
  /** The form of `expires_in` of the token endpoint. */
  expiresIn: 'number' | 'text' | 'absent';
  sessionLifetimeHours: number;
  accessTokenLifetimeSeconds: number;
  /** The maximum size of request line and headers; common proxies refuse more than 8 KB. */
  maxHeadBytes: number;
};

export const defaultKnobs: CtrlHubKnobs = {
  postStatus: 201,
  postReply: 'whole',
  unknownAttributes: 'refuse',
  location: true,
  duplicate: 409,
  deletedAt: 'null',
  features: 'flat',
  jsonapiVersion: '1.0',
  strictMedia: false,
  maxLimit: null,
  dialects: ['bracket', 'named', 'operator'],
  membersPagination: true,
  includedUsers: 'full',
  omitIncluded: () => false,
  ignoreFilter: false,
  newerJobRoleShape: false,
  sort: 'refuse',
  emptyPages: 0,
  organisationBringsRoles: false,
  variation: null,
  label: null,
  byteOrderMark: false,
  errorShape: 'list',
  expiresIn: 'number',
  sessionLifetimeHours: 24,
  accessTokenLifetimeSeconds: 3600,
  maxHeadBytes: 8192,
};
