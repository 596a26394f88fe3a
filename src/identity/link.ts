import { Groups } from '../domain/groups.ts';
import type { IdentityRule } from '../domain/identity-rule.ts';

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
    const ofLeft = groupedBy(rule, openLeft);
    const ofRight = groupedBy(rule, openRight);
    for (const trait of ofLeft.keys()) {
      const [lefts, rights] = [ofLeft.get(trait) ?? [], ofRight.get(trait) ?? []];
      const [l, r] = [lefts[0]?.record, rights[0]?.record];
      if (l === undefined || r === undefined) continue;
      if (lefts.length === 1 && rights.length === 1) {
        rightOf.set(l, { record: r, rule });
        leftOf.set(r, { record: l, rule });
        continue;
      }
      conflicts.push({ rule, left: lefts.map((it) => it.record), right: rights.map((it) => it.record) });
      for (const { record } of [...lefts, ...rights]) contested.add(record);
    }
    openLeft = openLeft.filter(({ record }) => !rightOf.has(record) && !contested.has(record));
    openRight = openRight.filter(({ record }) => !leftOf.has(record) && !contested.has(record));
  }
  return { rightOf, leftOf, conflicts };
}

const groupedBy = <T>(rule: IdentityRule, linkables: readonly Linkable<T>[]): Groups<Linkable<T>> =>
  new Groups(linkables, ({ traits }) => traits[rule]);
