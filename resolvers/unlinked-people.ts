import type { Connection, PageArgs } from '../src/domain/connection.ts';
import type { Employee } from '../src/domain/employee.ts';
import type { IdentityRule } from '../src/domain/identity-rule.ts';
import { type CtrlHubUser, type LuccaEmployee, type NaverPerson, naverKeyOf } from '../src/domain/people.ts';
import type { Upstream } from '../src/domain/upstream.ts';
import type { LinkConflict } from '../src/identity/link.ts';
import { keptWith } from '../src/loaders/kept-with.ts';
import type { PersonOutOfStep } from '../src/loaders/out-of-step.ts';
import type { Context } from './context.ts';
import { compareByFamilyName } from './order.ts';
import { openPage, pageOf } from './paging.ts';

type UnlinkedArgs = PageArgs & { missingFrom?: Upstream | null | undefined };

/** By family name, over the whole directory of every configured upstream. */
export async function unlinkedPeople(_: unknown, args: UnlinkedArgs, context: Context): Promise<Connection<Employee>> {
  const { upstreams } = context.loaders;
  const missingFrom = args.missingFrom ?? null;
  const page = openPage(args, `unlinkedPeople ${missingFrom}`, context);
  if (missingFrom !== null) upstreams.client(missingFrom);
  const people = byFamilyName(await context.loaders.outOfStep())
    .filter((it) => missingFrom === null || it.missingFrom.includes(missingFrom))
    .map((it) => it.employee);
  return pageOf(people, page, (it) => it.id, context);
}

/** Sorting a big company takes longer than all else, and comes out the same for every page. */
const byFamilyName = keptWith((people: readonly PersonOutOfStep[]) =>
  people.toSorted((a, b) => compareByFamilyName(a.employee, b.employee)),
);

export type IdentityConflict = { matchedBy: IdentityRule; records: { upstream: Upstream; upstreamId: string }[] };

/**
 * The links of this person that were not made, because more than one record laid claim to them: with Lucca's records,
 * else, among people whom Lucca does not know, by an address between the other two.
 */
export async function identityConflicts(
  { leads, record }: Employee,
  _: unknown,
  { loaders }: Context,
): Promise<IdentityConflict[]> {
  const { upstreams, lucca, lists, ctrlHub, naming } = loaders;
  const [, people, users] = await Promise.all([
    upstreams.isConfigured('LUCCA') ? lucca.all() : [],
    upstreams.isConfigured('NAVER') ? lists.naverPeople() : [],
    upstreams.isConfigured('CTRL_HUB') ? ctrlHub.allUsers() : [],
  ]);
  const isTheirs = (side: readonly unknown[]) => side.includes(record);
  const theirs = <L, R>(conflicts: LinkConflict<L, R>[], leftRecord: ToRecord<L>, rightRecord: ToRecord<R>) =>
    conflicts
      .filter(({ left, right }) => isTheirs(left) || isTheirs(right))
      .map(({ rule, left, right }) => ({
        matchedBy: rule,
        records: [...left.map(leftRecord), ...right.map(rightRecord)],
      }));
  const withLucca = [
    ...theirs(naming.naverLinks(people).conflicts, luccaRecord, naverRecord),
    ...theirs(naming.ctrlHubLinks(users).conflicts, luccaRecord, ctrlHubRecord),
  ];
  if (leads === 'LUCCA' || withLucca.length > 0) return withLucca;
  return theirs(naming.conflictsPastLucca(people, users), naverRecord, ctrlHubRecord);
}

type ToRecord<T> = (record: T) => IdentityConflict['records'][number];

const luccaRecord: ToRecord<LuccaEmployee> = ({ luccaId }) => ({ upstream: 'LUCCA', upstreamId: luccaId });
const ctrlHubRecord: ToRecord<CtrlHubUser> = ({ ctrlHubId }) => ({ upstream: 'CTRL_HUB', upstreamId: ctrlHubId });
const naverRecord: ToRecord<NaverPerson> = (person) => ({
  upstream: 'NAVER',
  upstreamId: naverKeyOf(person) ?? person.loginId ?? '',
});
