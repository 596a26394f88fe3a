import type { CtrlHubVariation } from './variations.ts';

/** The three notations in which Ctrl Hub's endpoints and SDKs have written filters. */
export type FilterDialect = 'bracket' | 'named' | 'operator';

/**
 * Every answer that Ctrl Hub's documentation leaves open. The defaults are the likeliest reading; a test turns one to
 * prove that a client bears the other. Read at each request, so a running emulator may be changed.
 */
export type CtrlHubKnobs = {
  /** Status of a successful POST: 201 by JSON:API; older pages of the same API print 200. 202 and 204 have no body. */
  postStatus: 201 | 200 | 202 | 204;
  /** The reply to a POST may lack what the assignment links to. */
  postReply: 'whole' | 'without-relationships';
  /** Unknown members of `attributes` in a POST are refused; otherwise passed over. */
  unknownAttributes: 'refuse' | 'ignore';
  /** Whether the reply to a POST carries Location, although reading one assignment is not documented. */
  location: boolean;
  /** A second assignment of the same user, role and type. */
  duplicate: 409 | 'allow';
  /** How a live job role says that it is not deleted. */
  deletedAt: 'null' | 'absent';
  /** `flat`: meta.features.include; `params`: meta.features.params.include, seen on older lists. */
  features: 'flat' | 'params';
  jsonapiVersion: string;
  /** Refuse application/json request bodies, which older SDKs send. */
  strictMedia: boolean;
  /** Rows that a page holds at most, whatever limit asks; null = no maximum. Larger limits are cut, not refused. */
  maxLimit: number | null;
  dialects: readonly FilterDialect[];
  /** Whether the lists of organisations and members tell meta.pagination; older lists do not. */
  membersPagination: boolean;
  /** Users in `included` may come without meta and relationships. */
  includedUsers: 'full' | 'attributes-only';
  /** Leaves a related resource out of `included` (no permission, for one), while the linkage still names it. */
  omitIncluded: (type: string, id: string) => boolean;
  /** Answers every row whatever the filter says, as a server does that ignores unknown filters. */
  ignoreFilter: boolean;
  /** Job roles as POST /v3/job-roles documents them: `shared`, and specifications in place of qualifications. */
  newerJobRoleShape: boolean;
  sort: 'refuse' | 'ignore';
  /** counts.pages of an empty list. */
  emptyPages: 0 | 1;
  /** include=organisation also adds the job roles that lead to the organisations (full linkage). */
  organisationBringsRoles: boolean;
  /** What is odd about the lists; null: nothing. */
  variation: CtrlHubVariation | null;
  /** Media type of every body; null: as documented. */
  label: string | null;
  /** Bodies begin with a byte order mark. */
  byteOrderMark: boolean;
  errorShape: 'list' | 'bare';
  /** How the token endpoint tells `expires_in`. */
  expiresIn: 'number' | 'text' | 'absent';
  sessionLifetimeHours: number;
  accessTokenLifetimeSeconds: number;
  /** Request line and headers together; common proxies refuse more than 8 KB. */
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
