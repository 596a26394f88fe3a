import { Groups } from '../domain/groups.ts';
import type { IdentityRule } from '../domain/identity-rule.ts';
import type { Records } from '../domain/person.ts';
import type { Entry, Source } from './entry.ts';
import { mappingTrait } from './mapping-rows.ts';
import { inSlices } from './slices.ts';

/** One source's unlinked records, and the leading records of the people led by one earlier source. */
export type Pass<R extends Records> = {
  readonly source: Source<R>;
  readonly records: readonly Entry<R>[];
  readonly leaders: readonly Entry<R>[];
};

/** People and records with an equal trait, at least one of each. */
export type Group<R extends Records> = {
  readonly rule: IdentityRule;
  readonly leaders: readonly Entry<R>[];
  readonly records: readonly Entry<R>[];
};

const traitNames = { EMAIL: 'email', REMOTE_ID: 'remoteId', EMPLOYEE_NUMBER: 'employeeNumber' } as const;

/**
 * Applies the rules in order and links each group of one person and one record. Returns the larger groups with a member
 * left unlinked; such members are contested.
 */
export function* runPass<R extends Records>(
  pass: Pass<R>,
  rules: readonly IdentityRule[],
  onLink: (rule: IdentityRule) => void,
): Generator<void, Group<R>[]> {
  const larger: Group<R>[] = [];
  for (const rule of rules) {
    // All groups are found before any is linked, so that a rule sees all records at once.
    const groups = yield* groupsOf(rule, pass);
    yield* inSlices(groups, (group) => {
      const [leader, record] = [group.leaders[0], group.records[0]];
      const isOneAndOne = group.leaders.length === 1 && group.records.length === 1;
      if (!isOneAndOne || leader === undefined || record === undefined) {
        larger.push(group);
        return;
      }
      link(leader, record, rule);
      onLink(rule);
    });
  }
  const contested: Group<R>[] = [];
  for (const group of larger) {
    const leaders = group.leaders.filter((leader) => isOpen(leader, pass));
    const records = group.records.filter((record) => record.person === null);
    if (leaders.length + records.length > 0) contested.push(group);
    yield* inSlices(leaders, ({ person }) => {
      const { name } = pass.source;
      if (person !== null && !person.contested.includes(name)) person.contested = [...person.contested, name];
    });
    yield* inSlices(records, (record) => {
      record.isContested = true;
    });
  }
  return contested;
}

const isOpen = <R extends Records>({ person }: Entry<R>, { source }: Pass<R>): boolean =>
  person !== null && person.links[source.name] === undefined;

function link<R extends Records>(leader: Entry<R>, entry: Entry<R>, rule: IdentityRule): void {
  if (leader.person === null) return;
  leader.person.links[entry.source.name] = { record: entry.record, matchedBy: rule };
  entry.person = leader.person;
  if (entry.rows.length > 0) leader.rows = [...leader.rows, ...entry.rows];
}

function* groupsOf<R extends Records>(rule: IdentityRule, pass: Pass<R>): Generator<void, Group<R>[]> {
  const records = pass.records.filter((record) => record.person === null);
  const leaders = pass.leaders.filter((leader) => isOpen(leader, pass));
  const traitOf =
    rule === 'MAPPING_FILE'
      ? yield* mappingTrait([...leaders, ...records])
      : (entry: Entry<R>) => entry[traitNames[rule]];
  const recordsBy = new Groups<Entry<R>>();
  yield* inSlices(records, (record) => recordsBy.add(traitOf(record), record));
  const leadersBy = new Groups<Entry<R>>();
  yield* inSlices(leaders, (leader) => {
    const trait = traitOf(leader);
    if (trait !== null && recordsBy.has(trait)) leadersBy.add(trait, leader);
  });
  const groups: Group<R>[] = [];
  yield* inSlices(leadersBy.keys(), (trait) => {
    groups.push({ rule, leaders: withoutFormer(leadersBy.get(trait) ?? []), records: recordsBy.get(trait) ?? [] });
  });
  return groups;
}

/** If exactly one leader is not former, the former ones give way: a rehire. */
function withoutFormer<R extends Records>(leaders: readonly Entry<R>[]): readonly Entry<R>[] {
  const present = leaders.filter((leader) => !leader.isFormer);
  return present.length === 1 ? present : leaders;
}
