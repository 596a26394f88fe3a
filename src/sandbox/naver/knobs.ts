import type { NaverVariation } from './variations.ts';

/**
 * Choices for everything that NAVER's documents leave open or contradict, and for occasional irregularities. The emulator
 * reads knobs at each request, so tests may change them any time.
 */
export type NaverKnobs = {
  /** Rows of a list without `limit`; null: all rows. NAVER documents no default. */
  defaultLimit: number | null;
  /** The maximum `limit`; a larger one is reduced silently; null: no cap. NAVER documents no maximum. */
  limitCap: number | null;
  /** Added to `totalCount` on every page except the first, as if rows changed while a client pages. */
  totalCountDrift: number;
  /** The reply to an undocumented query parameter: 400, or ignored. */
  unknownQueryParameters: 'refuse' | 'ignore';
  /** The reply to an undocumented body field: 400, or dropped (and then absent from the echo). */
  unknownBodyFields: 'refuse' | 'ignore';
  /** DELETE of a grade or job that employees have: sets their reference to null, or is refused with 400. */
  deleteInUse: 'allow-and-null' | 'refuse';
  /** The reply to a successful DELETE: 200 without a body, 200 with `{}`, or 204. NAVER shows no sample. */
  deleteReply: 'empty' | 'json' | '204';
  /** The name of an employee's reference to the grade, and likewise to the job. */
  employeeReferences: 'gradeExternalKey' | 'gradeCdExternalKey';
  /** Whether employees have `empNo`, a field that no readable v2 document shows. */
  employeeNumbers: 'emit' | 'omit';
  /** Gateway errors as documented (`{"error":{…}}`), or flat, as measured elsewhere on the same gateway. */
  gatewayErrorShape: 'wrapped' | 'flat';
  /** The gateway's table says that `errorCode` is an Integer, its sample shows a string. */
  gatewayErrorCode: 'string' | 'number';
  /** Reads return `sortOrder` as a string, the type in the field tables, instead of the samples' number. */
  sortOrderAsString: boolean;
  /** Reads return the key ko_KR twice in one i18nNames object, the second time empty, as the job list sample does. */
  duplicateKoKr: boolean;
  /** JSON has the content type text/plain, as in other services on the gateway. */
  textPlain: boolean;
  /** The variation of replies to reads; null: none. */
  variation: NaverVariation | null;
  /** Bodies begin with a byte order mark. */
  byteOrderMark: boolean;
  /** The HTTP status for a missing object: 400 is documented, a proxy may send 404. */
  notFoundStatus: 400 | 404;
  /** The type of the service's own codes. */
  serviceCode: 'number' | 'string';
  /** The language of the service's messages, which NAVER does not promise. */
  messages: 'english' | 'korean';
};

export const DEFAULT_KNOBS: Readonly<NaverKnobs> = {
  defaultLimit: null,
  limitCap: 100,
  totalCountDrift: 0,
  unknownQueryParameters: 'refuse',
  unknownBodyFields: 'refuse',
  deleteInUse: 'allow-and-null',
  deleteReply: 'empty',
  employeeReferences: 'gradeExternalKey',
  employeeNumbers: 'emit',
  gatewayErrorShape: 'wrapped',
  gatewayErrorCode: 'string',
  sortOrderAsString: false,
  duplicateKoKr: false,
  textPlain: false,
  variation: null,
  byteOrderMark: false,
  notFoundStatus: 400,
  serviceCode: 'number',
  messages: 'english',
};
