import type { IdentityRule } from '../domain/identity-rule.ts';
import type { Conflict, Person, Records, SourceName } from '../domain/person.ts';
import { type Entry, type Growing, readEntries } from './entry.ts';
import type { DirectoryInput } from './input.ts';
import { giveRows } from './mapping-rows.ts';
import { compareIds } from './order.ts';
import { type Group, runPass } from './pass.ts';
import { inSlices } from './slices.ts';
import { sorted } from './sorted.ts';

export type LinkCount<R extends Records> = { source: SourceName<R>; rule: IdentityRule; count: number };

export type Linked<R extends Records> = {
  /** Every record of every source, with the person whom it leads or is linked to. */
  readonly entries: readonly (readonly Entry<R>[])[];
  readonly people: readonly Person<R>[];
  readonly conflicts: readonly Conflict<R>[];
  readonly links: readonly LinkCount<R>[];
};

/**
 * Links each source's records to the people led by earlier sources, in one pass per earlier source, in lead order. A
 * record that stays unlinked begins a person if it has a key. A contested record takes no part in later passes.
 */
export function* linkRecords<R extends Records>({
  sources,
  rules,
  mapping,
}: DirectoryInput<R>): Generator<void, Linked<R>> {
  const entries: Entry<R>[][] = [];
  const leadersOf: Entry<R>[][] = [];
  const people: Person<R>[] = [];
  const conflicts: Conflict<R>[] = [];
  const links: LinkCount<R>[] = [];
  for (const { source, records } of sources) {
    const ofSource = yield* readEntries<R>(source, records);
    yield* giveRows(source, ofSource, mapping);
    const counts = new Map<IdentityRule, number>(rules.map((rule) => [rule, 0]));
    for (const leaders of leadersOf) {
      const open = ofSource.filter((entry) => entry.person === null && !entry.isContested);
      const groups = yield* runPass({ source, records: open, leaders }, rules, (rule) =>
        counts.set(rule, (counts.get(rule) ?? 0) + 1),
      );
      for (const conflict of yield* conflictsIn(groups, source.name, rules)) conflicts.push(conflict);
    }
    const leaders: Entry<R>[] = [];
    yield* inSlices(ofSource, (entry) => {
      const person = entry.person === null ? begin(entry) : null;
      if (person === null) return;
      people.push(person);
      leaders.push(entry);
    });
    if (leadersOf.length > 0) for (const [rule, count] of counts) links.push({ source: source.name, rule, count });
    leadersOf.push(leaders);
    entries.push(ofSource);
  }
  return { entries, people, conflicts, links };
}

/** Begins a person led by the record. Null without a key: the record can be linked, but gives no id. */
function begin<R extends Records>(entry: Entry<R>): Growing<R> | null {
  const { source, record, kind, key } = entry;
  if (kind === null || key === null) return null;
  const links: Growing<R>['links'] = {};
  links[source.name] = { record, matchedBy: 'SOURCE' };
  entry.person = { id: `${kind.prefix}:${key}`, leads: source.name, links, contested: uncontested };
  return entry.person;
}

const uncontested: readonly never[] = [];

/** Sorted by rule, then by the first person's id, so that the order of rows does not matter. */
function* conflictsIn<R extends Records>(
  groups: readonly Group<R>[],
  source: SourceName<R>,
  rules: readonly IdentityRule[],
): Generator<void, Conflict<R>[]> {
  const conflicts: Conflict<R>[] = [];
  for (const { rule, leaders, records } of groups) {
    const people = leaders.flatMap(({ person }) => (person === null ? [] : [person]));
    conflicts.push({
      rule,
      source,
      people: yield* sorted(people, (a, b) => compareIds(a.id, b.id)),
      records: (yield* sorted(records, compareByKey)).map(({ record }) => record),
    });
  }
  const firstId = ({ people: [person] }: Conflict<R>): string => person?.id ?? '';
  return yield* sorted(
    conflicts,
    (a, b) => rules.indexOf(a.rule) - rules.indexOf(b.rule) || compareIds(firstId(a), firstId(b)),
  );
}

/** Records without keys come last, in order of their content, because nothing else tells them apart. */
function compareByKey<R extends Records>(a: Entry<R>, b: Entry<R>): number {
  const kindOf = ({ source, kind }: Entry<R>) => (kind === null ? source.keys.length : source.keys.indexOf(kind));
  const textOf = ({ key, record }: Entry<R>) => key ?? JSON.stringify(record);
  return kindOf(a) - kindOf(b) || compareIds(textOf(a), textOf(b));
}
