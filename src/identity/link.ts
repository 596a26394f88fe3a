import type { IdentityRule } from './rules.ts';

/** A record with what the rules compare. A missing trait matches nothing. */
export type Linkable<T> = { record: T; traits: Partial<Record<IdentityRule, string>> };

export type Link<T> = { record: T; rule: IdentityRule };

/** Records that one rule holds for the same person although a person has at most one in each system. */
export type LinkConflict<L, R> = { rule: IdentityRule; left: L[]; right: R[] };

export type Links<L, R> = {
  rightOf: ReadonlyMap<L, Link<R>>;
  leftOf: ReadonlyMap<R, Link<L>>;
  conflicts: LinkConflict<L, R>[];
};

/**
 * Links the records of two systems, rule by rule: what an earlier rule linked, later ones leave alone. Where a rule
 * finds more than one candidate on either side, none of them is linked, by this rule or a later one: nothing is guessed.
 */
export function linkRecords<L, R>(
  left: readonly Linkable<L>[],
  right: readonly Linkable<R>[],
  rules: readonly IdentityRule[],
): Links<L, R> {
  const rightOf = new Map<L, Link<R>>();
  const leftOf = new Map<R, Link<L>>();
  const conflicts: LinkConflict<L, R>[] = [];
  const contested = new Set<unknown>();
  let openLeft = left;
  let openRight = right;
  for (const rule of rules) {
    const lefts = groupByTrait(openLeft, rule);
    const rights = groupByTrait(openRight, rule);
    for (const [trait, l] of lefts.first) {
      const r = rights.first.get(trait);
      if (r === undefined) continue;
      const [severalLeft, severalRight] = [lefts.several.get(trait), rights.several.get(trait)];
      if (severalLeft === undefined && severalRight === undefined) {
        rightOf.set(l, { record: r, rule });
        leftOf.set(r, { record: l, rule });
        continue;
      }
      const conflict = { rule, left: severalLeft ?? [l], right: severalRight ?? [r] };
      conflicts.push(conflict);
      for (const record of [...conflict.left, ...conflict.right]) contested.add(record);
    }
    openLeft = openLeft.filter(({ record }) => !rightOf.has(record) && !contested.has(record));
    openRight = openRight.filter(({ record }) => !leftOf.has(record) && !contested.has(record));
  }
  return { rightOf, leftOf, conflicts };
}

/** Nearly every trait is one record's, which takes no list: directories have tens of thousands of records. */
type Groups<T> = { first: ReadonlyMap<string, T>; several: ReadonlyMap<string, T[]> };

function groupByTrait<T>(linkables: readonly Linkable<T>[], rule: IdentityRule): Groups<T> {
  const first = new Map<string, T>();
  const several = new Map<string, T[]>();
  for (const { record, traits } of linkables) {
    const trait = traits[rule];
    if (trait === undefined) continue;
    const earlier = first.get(trait);
    const group = several.get(trait);
    if (earlier === undefined) first.set(trait, record);
    else if (group === undefined) several.set(trait, [earlier, record]);
    else group.push(record);
  }
  return { first, several };
}
