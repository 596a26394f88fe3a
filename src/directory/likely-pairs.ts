import type { LikelyPair } from '../domain/likely-pair.ts';
import type { Person, Records } from '../domain/person.ts';
import type { Directory } from './directory.ts';
import type { DirectoryInput } from './input.ts';
import { blockKeysOf, compare, type Profile, profileOf } from './likeness.ts';
import { compareIds } from './order.ts';
import { inSlices } from './slices.ts';
import { sorted } from './sorted.ts';

export type LikelyPairs<R extends Records> = {
  /** Sorted by score, highest first. */
  readonly pairs: readonly LikelyPair<R>[];
  /** How many pairs of people were compared. */
  readonly compared: number;
};

/** A feature that more people share is no evidence: a common name, or an office's mailbox. */
const mostInBlock = 12;
/** Comparisons between two yields. */
const comparedAtOnce = 200;
/** An ambiguous pair counts half, because at most one of several is right. */
const ambiguousFactor = 0.5;
const leastScore = 0.3;

type Found<R extends Records> = { readonly one: number; readonly other: number; readonly pair: LikelyPair<R> };

/**
 * Finds unlinked people who may be the same person. Only people who share a name, a mailbox or nearly an address with
 * few others are compared, so the work grows linearly with the number of people. Pure, and in slices.
 */
export function* likelyPairs<R extends Records>(
  { sources }: DirectoryInput<R>,
  directory: Directory<R>,
): Generator<void, LikelyPairs<R>> {
  const profiles: Profile<R>[] = [];
  const blocks = new Map<string, number[]>();
  yield* inSlices(directory.people, (person) => {
    if (directory.sources.every((source) => person.links[source] !== undefined)) return;
    const profile = profileOf(person, sources);
    profiles.push(profile);
    for (const key of blockKeysOf(profile)) {
      const block = blocks.get(key) ?? [];
      // One entry above the limit marks the block as too large.
      if (block.length <= mostInBlock) block.push(profiles.length - 1);
      blocks.set(key, block);
    }
  });
  const seen = new Set<string>();
  const found: Found<R>[] = [];
  let compared = 0;
  for (const block of blocks.values()) {
    if (block.length < 2 || block.length > mostInBlock) continue;
    for (const [place, one] of block.entries()) {
      for (const other of block.slice(place + 1)) {
        const name = `${one} ${other}`;
        if (seen.has(name)) continue;
        seen.add(name);
        compared += 1;
        const pair = pairOf(profiles[one], profiles[other]);
        if (pair !== null) found.push({ one, other, pair });
        if (compared % comparedAtOnce === 0) yield;
      }
    }
  }
  const pairs = yield* withoutUnlikely(found, profiles);
  return { pairs: yield* sorted(pairs, byScore), compared };
}

function pairOf<R extends Records>(one?: Profile<R>, other?: Profile<R>): LikelyPair<R> | null {
  if (one === undefined || other === undefined || overlap(one.person, other.person)) return null;
  const likeness = compare(one, other);
  if (likeness === null) return null;
  const [a, b] = [one.person, other.person];
  return { people: compareIds(a.id, b.id) < 0 ? [a, b] : [b, a], ...likeness, isAmbiguous: false };
}

/** Two people with records of the same source are two different people. */
const overlap = <R extends Records>(a: Person<R>, b: Person<R>): boolean =>
  Object.keys(a.links).some((source) => b.links[source] !== undefined);

/**
 * Drops pairs below `leastScore`. Pairs with a common person form a group; if a group has two people of one source, not
 * all of its pairs can be right, so they are marked as ambiguous.
 */
function* withoutUnlikely<R extends Records>(
  found: readonly Found<R>[],
  profiles: readonly Profile<R>[],
): Generator<void, LikelyPair<R>[]> {
  const joinedTo = new Map<number, number>();
  const rootOf = (place: number): number => {
    let root = place;
    for (let next = joinedTo.get(root); next !== undefined; next = joinedTo.get(root)) root = next;
    return root;
  };
  const likely = found.filter(({ pair }) => pair.score >= leastScore);
  yield* inSlices(likely, ({ one, other }) => {
    const [a, b] = [rootOf(one), rootOf(other)];
    if (a !== b) joinedTo.set(Math.max(a, b), Math.min(a, b));
  });
  const sourcesOfGroups = new Map<number, Map<string, number>>();
  const crowded = new Set<number>();
  yield* inSlices(new Set(likely.flatMap(({ one, other }) => [one, other])), (place) => {
    const root = rootOf(place);
    const ofGroup = sourcesOfGroups.get(root) ?? new Map<string, number>();
    sourcesOfGroups.set(root, ofGroup);
    for (const source of Object.keys(profiles[place]?.person.links ?? {})) {
      if (ofGroup.has(source)) crowded.add(root);
      ofGroup.set(source, place);
    }
  });
  return likely.flatMap(({ one, pair }) => {
    if (!crowded.has(rootOf(one))) return [pair];
    const score = Math.round(pair.score * ambiguousFactor * 100) / 100;
    return [{ ...pair, score, isAmbiguous: true }];
  });
}

const byScore = <R extends Records>(a: LikelyPair<R>, b: LikelyPair<R>): number =>
  b.score - a.score || compareIds(likelyPairId(a), likelyPairId(b));

/** The id of a pair, independent of its evidence. */
export const likelyPairId = <R extends Records>({ people }: Pick<LikelyPair<R>, 'people'>): string =>
  people.map(({ id }) => id).join(' ');
