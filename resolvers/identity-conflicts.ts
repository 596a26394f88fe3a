import { type ConflictReason, conflictReason } from '../src/domain/absence.ts';
import { type Awaitable, whenLoaded } from '../src/domain/awaitable.ts';
import { type Connection, type PageArgs, withNode } from '../src/domain/connection.ts';
import type { Employee, PeopleRecords } from '../src/domain/employee.ts';
import { type IdentityRule, identityRules } from '../src/domain/identity-rule.ts';
import { type Conflict, leadOf } from '../src/domain/person.ts';
import { type Upstream, upstreams } from '../src/domain/upstream.ts';
import type { View } from '../src/loaders/view.ts';
import type { Context } from './context.ts';
import { byValue, sortedBy } from './order.ts';
import { openPage, pageOf } from './paging.ts';
import {
  type CandidateRecord,
  candidatesOf,
  type PeopleConditions,
  personCondition,
  scopeOf,
} from './unlinked-people.ts';

export type IdentityConflict = {
  matchedBy: IdentityRule;
  upstream: Upstream;
  reason: ConflictReason;
  records: CandidateRecord[];
  asOf: string;
};

type Found = Conflict<PeopleRecords>;

/** Links of this person that were not made, because several records or people claim them. */
export const identityConflictsOf = (
  employee: Employee,
  _: unknown,
  { loaders }: Context,
): Awaitable<IdentityConflict[]> =>
  whenLoaded(loaders.view(), (view) => {
    view.requireEverybody();
    return view.snapshot.directory.conflictsOf(employee).map((conflict) => toConflict(conflict, view));
  });

type ConflictsArgs = PageArgs &
  PeopleConditions & { upstream?: Upstream | null | undefined; reasons?: readonly ConflictReason[] | null | undefined };

/** All conflicts, each once, sorted by upstream, rule and the first person's id. */
export function identityConflicts(
  _: unknown,
  args: ConflictsArgs,
  context: Context,
): Awaitable<Connection<IdentityConflict>> {
  const { upstream = null, reasons = null } = args;
  const page = openPage(args, scopeOf('identityConflicts', upstream, args, reasons), context);
  return whenLoaded(context.loaders.view(), (view) => {
    if (upstream !== null) view.require(upstream);
    view.requireEverybody();
    const isWanted = personCondition(args);
    const found = view.snapshot.directory.conflicts.filter(
      (conflict) =>
        (upstream === null || conflict.source === upstream) &&
        (reasons === null || reasons.includes(conflictReason(conflict))) &&
        partiesOf(conflict, view).some(isWanted),
    );
    const { edges, ...rest } = pageOf(sortedBy(found, order), page, order, context);
    return { ...rest, edges: edges.map((edge) => withNode(edge, toConflict(edge.node, view))) };
  });
}

/** The order is total: groups of one rule and one upstream have no person in common. */
const order = byValue<Found>(
  ({ source, rule }) => upstreams.indexOf(source) * identityRules.length + identityRules.indexOf(rule),
  ({ people }) => people[0]?.id ?? '',
);

/** The people of the group, and the people of its records. */
const partiesOf = ({ source, people, records }: Found, view: View): Employee[] => [
  ...people,
  ...records.flatMap((record) => view.snapshot.directory.personOf(source, record) ?? []),
];

function toConflict(conflict: Found, view: View): IdentityConflict {
  const { rule, source, people, records } = conflict;
  return {
    matchedBy: rule,
    upstream: source,
    reason: conflictReason(conflict),
    get records() {
      const claimants = people.map((person) => ({ source: person.leads, record: leadOf(person), person }));
      const claimed = records.map((record) => ({
        source,
        record,
        person: view.snapshot.directory.personOf(source, record),
      }));
      return candidatesOf([...claimants, ...claimed], view);
    },
    asOf: view.asOf(source),
  };
}
