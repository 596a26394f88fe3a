import { type Awaitable, whenThere } from '../src/domain/awaitable.ts';
import type { Connection, PageArgs } from '../src/domain/connection.ts';
import type { Employee } from '../src/domain/employee.ts';
import type { IdentityRule } from '../src/domain/identity-rule.ts';
import { leadOf } from '../src/domain/person.ts';
import type { Upstream } from '../src/domain/upstream.ts';
import type { Context } from './context.ts';
import { upstreamIdOf } from './employee.ts';
import { byFamilyName } from './employee-order.ts';
import { openPage, pageOf } from './paging.ts';

type UnlinkedArgs = PageArgs & { missingFrom?: Upstream | null | undefined };

/** By family name, over the whole directory of every configured upstream. */
export function unlinkedPeople(_: unknown, args: UnlinkedArgs, context: Context): Awaitable<Connection<Employee>> {
  const missingFrom = args.missingFrom ?? null;
  const page = openPage(args, `unlinkedPeople ${missingFrom}`, context);
  return whenThere(context.loaders.view(), (view) => {
    if (missingFrom !== null) view.require(missingFrom);
    const wanted = missingFrom === null ? context.loaders.data.configured : [missingFrom];
    const people = view.everybody.filter(({ links }) => wanted.some((upstream) => links[upstream] === undefined));
    return pageOf(people, page, byFamilyName(view), context);
  });
}

export type IdentityConflict = { matchedBy: IdentityRule; records: { upstream: Upstream; upstreamId: string }[] };

/** The links of this person that were not made, because more than one record laid claim to them. */
export const identityConflicts = (
  employee: Employee,
  _: unknown,
  { loaders }: Context,
): Awaitable<IdentityConflict[]> =>
  whenThere(loaders.view(), (view) => {
    view.requireEverybody();
    return view.snapshot.directory.conflictsOf(employee).map(({ rule, source, people, records }) => ({
      matchedBy: rule,
      records: [
        ...people.map((person) => ({ upstream: person.leads, upstreamId: upstreamIdOf(person.leads, leadOf(person)) })),
        ...records.map((record) => ({ upstream: source, upstreamId: upstreamIdOf(source, record) })),
      ],
    }));
  });
