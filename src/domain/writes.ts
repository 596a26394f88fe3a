import type { LocalizedText } from './locale.ts';
import type { NaverItem } from './organisation.ts';

/** All of a grade or position but its key. Names are in locales with a region, see `isRegional`. */
export type NewNaverItem = { name: string; names: readonly LocalizedText[]; sortOrder: number; isActive: boolean };

/** Absent members keep their value. `names` merges by locale; an empty text removes the locale. */
export type NaverItemChanges = {
  [Member in keyof NewNaverItem]?: NewNaverItem[Member] | undefined;
};

/** The version that the object is expected to have; absent: any. */
export type Expected = { expectedVersion?: string | undefined };

export type Assignment = { userId: string; roleId: string; type: string | null };

/** What was asked for is now true, by this write. `traceId` is the upstream's, of its answer. */
export type Done<T> = { outcome: 'DONE'; value: T; traceId: string | undefined };
export type NotFound = { outcome: 'NOT_FOUND' };
export type AlreadyExists<Field extends string> = { outcome: 'ALREADY_EXISTS'; field: Field };
export type VersionConflict = { outcome: 'VERSION_CONFLICT'; currentVersion: string };
type InUse = { outcome: 'IN_USE'; employeeCount: number };
/** Locales of the input that do not say which of the object's names they mean. */
type UnmappedLocales = { outcome: 'UNMAPPED_LOCALES'; locales: readonly string[] };
/** The upstream finds fault with members of the input, by its own names for them; null is the whole. */
export type Faulty<Member extends string> = {
  outcome: 'FAULTY';
  faults: readonly { member: Member | null; message: string }[];
};

export type ItemCreation = Done<NaverItem> | AlreadyExists<'externalKey' | 'name'>;
export type ItemUpdate = Done<NaverItem> | NotFound | AlreadyExists<'name'> | VersionConflict | UnmappedLocales;
export type ItemDeletion = Done<null> | NotFound | VersionConflict | InUse;

/** A language and a country, such as ko-KR: the canonical tags to which NAVER's form (ko_KR) has a counterpart. */
export const isRegional = (locale: string): boolean => /^[a-z]{2,3}-[A-Z]{2}$/.test(locale);
