import type { NaverVariation } from './variations.ts';

/**
 * What NAVER's documents leave open, or contradict themselves about, and what goes wrong there now and then: one knob
 * each, read at every request, so that a test may turn it under a running emulator.
 */
export type NaverKnobs = {
  /** Rows of a list asked for without `limit`; null: all rows. NAVER documents no default. */
  defaultLimit: number | null;
  /** A larger `limit` is quietly lowered to this; null: no cap. NAVER documents no maximum. */
  limitCap: number | null;
  /** Added to `totalCount` on every page but the first, as if rows came or went while a client pages. */
  totalCountDrift: number;
  /** A query parameter that the documents do not name: answered 400, or passed over. */
  unknownQueryParameters: 'refuse' | 'ignore';
  /** A body field that the documents do not name: answered 400, or dropped (and then missing from the echo). */
  unknownBodyFields: 'refuse' | 'ignore';
  /** DELETE of a grade or job that employees hold: their reference becomes null, or the call is answered 400. */
  deleteInUse: 'allow-and-null' | 'refuse';
  /** A successful DELETE: 200 without a body, 200 with `{}`, or 204. NAVER shows no sample. */
  deleteReply: 'empty' | 'json' | '204';
  /** How an employee names its grade and, alike, its job. */
  employeeReferences: 'gradeExternalKey' | 'gradeCdExternalKey';
  /** Whether employees carry `empNo`, a field that no readable v2 document shows. */
  employeeNumbers: 'emit' | 'omit';
  /** Gateway errors as documented (`{"error":{…}}`), or flat as measured elsewhere on the same gateway. */
  gatewayErrorShape: 'wrapped' | 'flat';
  /** The gateway's table types `errorCode` as Integer, its sample shows a string. */
  gatewayErrorCode: 'string' | 'number';
  /** Reads carry `sortOrder` as a string, the type that the field tables name, and not as the samples' number. */
  sortOrderAsString: boolean;
  /** Reads hold the key ko_KR twice in one i18nNames object, the second time blank, as the job list sample does. */
  duplicateKoKr: boolean;
  /** JSON is labelled text/plain, as other services on the gateway do. */
  textPlain: boolean;
  /** What is odd about the answers to reads; null: nothing. */
  variation: NaverVariation | null;
  /** Bodies begin with a byte order mark. */
  byteOrderMark: boolean;
  /** HTTP status of what does not exist: 400 is documented, 404 a proxy's idea. */
  notFoundStatus: 400 | 404;
  /** The service's own codes as text. */
  serviceCode: 'number' | 'string';
  /** Messages of the service, which promises no language. */
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
