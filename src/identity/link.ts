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
  let openLeft = left;
  let openRight = right;
  for (const rule of rules) {
    const settled = new Set<unknown>();
    const candidates = groupByTrait(openRight, rule);
    for (const [trait, lefts] of groupByTrait(openLeft, rule)) {
      const rights = candidates.get(trait) ?? [];
      const [l, r] = [lefts[0], rights[0]];
      if (l === undefined || r === undefined) continue;
      for (const record of [...lefts, ...rights]) settled.add(record);
      if (lefts.length > 1 || rights.length > 1) {
        conflicts.push({ rule, left: lefts, right: rights });
      } else {
        rightOf.set(l, { record: r, rule });
        leftOf.set(r, { record: l, rule });
      }
    }
    openLeft = openLeft.filter(({ record }) => !settled.has(record));
    openRight = openRight.filter(({ record }) => !settled.has(record));
  }
  return { rightOf, leftOf, conflicts };
}

function groupByTrait<T>(linkables: readonly Linkable<T>[], rule: IdentityRule): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const { record, traits } of linkables) {
    const trait = traits[rule];
    if (trait === undefined) continue;
    const group = groups.get(trait);
    if (group === undefined) groups.set(trait, [record]);
    else group.push(record);
  }
  return groups;
}
