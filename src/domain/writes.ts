import type { LocalizedText } from './locale.ts';
import type { NaverItem } from './organisation.ts';

/** A grade or position without its key. Names are in locales with a region, see `isRegional`. */
export type NewNaverItem = { name: string; names: readonly LocalizedText[]; sortOrder: number; isActive: boolean };

/** Absent members keep their value. `names` are merged by locale; an empty text removes the locale. */
export type NaverItemChanges = {
  [Member in keyof NewNaverItem]?: NewNaverItem[Member] | undefined;
};

/** The version that the object must have; absent: any version. */
export type Expected = { expectedVersion?: string | undefined };

export type Assignment = { userId: string; roleId: string; type: string | null };

/** The write succeeded. `traceId` is the trace id of the upstream's response. */
export type Done<T> = { outcome: 'DONE'; value: T; traceId: string | undefined };
export type NotFound = { outcome: 'NOT_FOUND' };
export type AlreadyExists<Field extends string> = { outcome: 'ALREADY_EXISTS'; field: Field };
export type VersionConflict = { outcome: 'VERSION_CONFLICT'; currentVersion: string };
type InUse = { outcome: 'IN_USE'; employeeCount: number };
/** Locales of the input that match none of the object's names unambiguously. */
type UnmappedLocales = { outcome: 'UNMAPPED_LOCALES'; locales: readonly string[] };
/** The upstream rejects members of the input, named as in the upstream. `member` is null for the input as a whole. */
export type Faulty<Member extends string> = {
  outcome: 'FAULTY';
  faults: readonly { member: Member | null; message: string }[];
};

export type ItemCreation = Done<NaverItem> | AlreadyExists<'externalKey' | 'name'>;
export type ItemUpdate = Done<NaverItem> | NotFound | AlreadyExists<'name'> | VersionConflict | UnmappedLocales;
export type ItemDeletion = Done<null> | NotFound | VersionConflict | InUse;

/** True for a language with a country, such as ko-KR: these canonical tags have a NAVER form (ko_KR). */
export const isRegional = (locale: string): boolean => /^[a-z]{2,3}-[A-Z]{2}$/.test(locale);
