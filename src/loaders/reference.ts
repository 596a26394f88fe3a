import type { JobQualification, NaverItem, Profession } from '../domain/organisation.ts';
import type { JobPosition } from '../domain/people.ts';
import type { Upstreams } from '../upstreams/upstreams.ts';
import { batched, byKey, type Loader } from './batch.ts';
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

export function createReferenceLoaders(upstreams: Upstreams, lists: Lists): ReferenceLoaders {
  /** A lone row is asked for by its key, unless its list is being read anyway. */
  const rowOrList =
    <T>(
      isListStarted: () => boolean,
      one: (key: string) => Promise<T | null>,
      list: () => Promise<readonly T[]>,
      keyOf: (row: T) => string,
    ) =>
    async (keys: readonly string[]) => {
      const [only] = keys;
      if (keys.length > 1 || only === undefined || isListStarted()) return byKey(await list(), keyOf);
      const row = await one(only);
      return () => row;
    };

  const loaders: Omit<ReferenceLoaders, 'forget'> = {
    jobQualification: batched(
      rowOrList(
        () => lists.isAtHand('jobQualifications'),
        (id) => upstreams.client('LUCCA').jobQualification(id),
        lists.jobQualifications,
        (it) => it.luccaId,
      ),
    ),
    // Lucca documents no way to ask for one profession.
    profession: batched(async () => byKey(await lists.professions(), (it) => it.luccaId)),
    grade: batched(
      rowOrList(
        () => lists.isAtHand('grades'),
        (key) => upstreams.client('NAVER').grade(key),
        lists.grades,
        (it) => it.externalKey,
      ),
    ),
    position: batched(
      rowOrList(
        () => lists.isAtHand('positions'),
        (key) => upstreams.client('NAVER').position(key),
        lists.positions,
        (it) => it.externalKey,
      ),
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
