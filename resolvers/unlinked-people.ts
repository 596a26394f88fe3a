import type { Connection, PageArgs } from '../src/domain/connection.ts';
import type { Employee } from '../src/domain/employee.ts';
import { type CtrlHubUser, type LuccaEmployee, type NaverPerson, naverKeyOf } from '../src/domain/people.ts';
import { upstreams as allUpstreams, type Upstream } from '../src/domain/upstream.ts';
import type { LinkConflict } from '../src/identity/link.ts';
import type { IdentityRule } from '../src/identity/rules.ts';
import type { Context } from './context.ts';
import { comparePeople } from './order.ts';
import { openPage, pageOf } from './paging.ts';

type UnlinkedArgs = PageArgs & { missingFrom?: Upstream | null | undefined };

/** By family name, over the whole directory of every configured upstream. */
export async function unlinkedPeople(_: unknown, args: UnlinkedArgs, context: Context): Promise<Connection<Employee>> {
  const { upstreams } = context.loaders;
  const missingFrom = args.missingFrom ?? null;
  const page = openPage(args, `unlinkedPeople ${missingFrom}`, context);
  if (missingFrom !== null) upstreams.client(missingFrom);
  const configured = allUpstreams.filter((it) => upstreams.isConfigured(it));
  const isMissing = ({ knownBy }: KnownPerson) =>
    missingFrom === null ? configured.some((it) => !knownBy.has(it)) : !knownBy.has(missingFrom);
  const people = (await everybody(configured, context)).filter(isMissing).map((it) => it.employee);
  return pageOf(people.sort(comparePeople('FAMILY_NAME_ASC', context)), page, (it) => it.id, context);
}

type KnownPerson = { employee: Employee; knownBy: Set<Upstream> };

/** Each person once, through the record that leads, with the upstreams that know them. */
async function everybody(configured: readonly Upstream[], { loaders }: Context): Promise<KnownPerson[]> {
  const { lucca, lists, ctrlHub, naming } = loaders;
  const directories: Record<Upstream, () => Promise<(Employee | null)[]>> = {
    LUCCA: async () => (await lucca.all()).map(naming.ofLucca),
    NAVER: async () => Promise.all((await lists.naverPeople()).map((it) => naming.ofNaver.load(it))),
    CTRL_HUB: async () => Promise.all((await ctrlHub.allUsers()).map((it) => naming.ofCtrlHubUser.load(it))),
  };
  const people = new Map<string, KnownPerson>();
  const read = await Promise.all(configured.map((upstream) => directories[upstream]()));
  for (const [index, upstream] of configured.entries()) {
    for (const employee of read[index] ?? []) {
      if (employee === null) continue;
      const known = people.get(employee.id);
      if (known === undefined) people.set(employee.id, { employee, knownBy: new Set([upstream]) });
      else known.knownBy.add(upstream);
    }
  }
  return [...people.values()];
}

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
