import type { Awaitable } from '../domain/awaitable.ts';
import type { JobQualification, NaverItem, Profession } from '../domain/organisation.ts';
import type { JobPosition } from '../domain/people.ts';
import type { Upstreams } from '../upstreams/upstreams.ts';
import { batched, byKey, type Loader } from './batch.ts';
import { keptWith } from './kept-with.ts';
import type { Lists } from './lists.ts';

/** Single rows of the lists that everybody refers to, and what should have come embedded but did not. */
export type ReferenceLoaders = {
  jobQualification: Loader<string, JobQualification | null>;
  profession: Loader<string, Profession | null>;
  grade: Loader<string, NaverItem | null>;
  position: Loader<string, NaverItem | null>;
  jobPosition: Loader<string, JobPosition | null>;
  employmentStart: Loader<string, string | null>;
  /** Grades and positions were written. */
  forget(): void;
};

const jobQualificationIn = keptWith((rows: readonly JobQualification[]) => byKey(rows, (it) => it.luccaId));
const professionIn = keptWith((rows: readonly Profession[]) => byKey(rows, (it) => it.luccaId));
const naverItemIn = keptWith((rows: readonly NaverItem[]) => byKey(rows, (it) => it.externalKey));

export function createReferenceLoaders(upstreams: Upstreams, lists: Lists): ReferenceLoaders {
  /** A lone row is asked for by its key, unless its list is being read anyway. */
  function rowOrList<T extends object>(
    list: 'jobQualifications' | 'grades' | 'positions',
    read: () => Awaitable<readonly T[]>,
    settled: () => readonly T[] | null,
    rowIn: (rows: readonly T[]) => (key: string) => T | null,
    one: (key: string) => Promise<T | null>,
  ): Loader<string, T | null> {
    const find = async (keys: readonly string[]) => {
      const [only] = keys;
      if (keys.length > 1 || only === undefined || lists.isAtHand(list)) return rowIn(await read());
      const row = await one(only);
      return () => row;
    };
    return batched<string, T>(find, atHandIn(settled, rowIn));
  }

  const loaders: Omit<ReferenceLoaders, 'forget'> = {
    jobQualification: rowOrList(
      'jobQualifications',
      lists.jobQualifications,
      () => lists.settled('jobQualifications'),
      jobQualificationIn,
      (id) => upstreams.client('LUCCA').jobQualification(id),
    ),
    // Lucca documents no way to ask for one profession.
    profession: batched<string, Profession>(
      async () => professionIn(await lists.professions()),
      atHandIn(() => lists.settled('professions'), professionIn),
    ),
    grade: rowOrList(
      'grades',
      lists.grades,
      () => lists.settled('grades'),
      naverItemIn,
      (key) => upstreams.client('NAVER').grade(key),
    ),
    position: rowOrList(
      'positions',
      lists.positions,
      () => lists.settled('positions'),
      naverItemIn,
      (key) => upstreams.client('NAVER').position(key),
    ),
    jobPosition: batched(async (ids) =>
      byKey(await upstreams.client('LUCCA').jobPositionsById(ids), (it) => it.luccaId),
    ),
    employmentStart: batched(async (ids) => {
      const find = byKey(await upstreams.client('LUCCA').employmentsById(ids), (it) => it.luccaId);
      return (id: string) => find(id)?.startsOn ?? null;
    }),
  };
  const forget = () => {
    loaders.grade.forget();
    loaders.position.forget();
  };
  return { ...loaders, forget };
}

const atHandIn =
  <T>(settled: () => readonly T[] | null, rowIn: (rows: readonly T[]) => (key: string) => T | null) =>
  (key: string): T | null | undefined => {
    const rows = settled();
    return rows === null ? undefined : rowIn(rows)(key);
  };
