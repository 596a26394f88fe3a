import type { Employee } from '../domain/employee.ts';
import type { CtrlHubUser, LuccaEmployee, NaverPerson } from '../domain/people.ts';
import { foldEmail } from '../domain/text.ts';
import type { Upstream } from '../domain/upstream.ts';
import { type Linkable, type LinkConflict, type Links, linkRecords } from '../identity/link.ts';
import type { IdentityMapping } from '../identity/mapping.ts';
import { ctrlHubPersonKey, type Naming, naverPersonKey, toPersonId } from '../identity/person-id.ts';
import type { IdentityRule } from '../identity/rules.ts';
import { ctrlHubTraits, luccaTraits, naverTraits } from '../identity/traits.ts';
import type { Upstreams } from '../upstreams/upstreams.ts';
import { batched, type Loader } from './batch.ts';
import type { CtrlHubKnowledge } from './ctrl-hub-knowledge.ts';
import type { Lists } from './lists.ts';
import { isStillReading, type LuccaPeople } from './lucca-people.ts';

/** Told about the links that were not made between Lucca and the upstream, each time that they are looked for. */
export type ConflictReport = (upstream: Upstream, conflicts: readonly LinkConflict<unknown, unknown>[]) => void;

export type IdentityConfig = {
  rules: readonly IdentityRule[];
  mapping: IdentityMapping;
  /** Keys the digests that name people whom Lucca does not know, and seals cursors. */
  secret: string;
  onConflicts?: ConflictReport;
};

/** From an upstream's record to the person that it belongs to. */
export type PersonNaming = {
  ofLucca(record: LuccaEmployee): Employee;
  /** Null for a row that nothing names: neither a key nor an address of its own. */
  ofNaver: Loader<NaverPerson, Employee | null>;
  ofCtrlHubUser: Loader<CtrlHubUser, Employee | null>;
  /** As far as Lucca's records are known; complete for records whose person was asked for. */
  naverLinks(people: readonly NaverPerson[]): Links<LuccaEmployee, NaverPerson>;
  ctrlHubLinks(users: readonly CtrlHubUser[]): Links<LuccaEmployee, CtrlHubUser>;
  /** Links between the other two that were not made, because several rows or users have one address. */
  conflictsPastLucca(
    people: readonly NaverPerson[],
    users: readonly CtrlHubUser[],
  ): LinkConflict<NaverPerson, CtrlHubUser>[];
};

/** Up to this many people are looked up in Lucca one by one address; for more its directory is read. */
const fewPeople = 25;
/** Beyond one request by address, asking for everybody would cost as much as the directory that is not there yet. */
const manyPeople = 100;

export function createNaming(
  upstreams: Upstreams,
  lists: Lists,
  lucca: LuccaPeople,
  ctrlHub: CtrlHubKnowledge,
  identity: IdentityConfig,
): PersonNaming {
  const { rules, mapping, secret } = identity;

  const ofLucca = (record: LuccaEmployee): Employee => ({
    id: toPersonId({ kind: 'LUCCA', luccaId: record.luccaId }),
    leads: 'LUCCA',
    record,
  });

  const linkable =
    <T>(traitsOf: (record: T, mapping: IdentityMapping) => Linkable<T>['traits']) =>
    (record: T): Linkable<T> => ({ record, traits: traitsOf(record, mapping) });

  /** A record that the mapping file gives to somebody whom this operation has not read is nobody else's. */
  const isOpenToKnown = ({ traits }: Linkable<unknown>): boolean => {
    const mapped = traits.MAPPING_FILE === undefined ? undefined : mapping.rowAt(traits.MAPPING_FILE)?.lucca;
    return mapped === undefined || lucca.isComplete() || lucca.isKnown(mapped);
  };

  const linksTo = <T>(upstream: Upstream, traitsOf: (record: T, mapping: IdentityMapping) => Linkable<T>['traits']) => {
    let latest: { revision: string; first: T | undefined; links: Links<LuccaEmployee, T> } | undefined;
    return (records: readonly T[]): Links<LuccaEmployee, T> => {
      const revision = `${lucca.revision()}/${lucca.isComplete()}/${records.length}`;
      // Rows that were read anew are other objects, even where they say the same.
      if (latest?.revision !== revision || latest.first !== records[0]) {
        const open = records.map(linkable(traitsOf)).filter(isOpenToKnown);
        const links = linkRecords(lucca.known().map(linkable(luccaTraits)), open, rules);
        latest = { revision, first: records[0], links };
        identity.onConflicts?.(upstream, links.conflicts);
      }
      return latest.links;
    };
  };
  const naverLinks = linksTo('NAVER', naverTraits);
  const ctrlHubLinks = linksTo('CTRL_HUB', ctrlHubTraits);

  let pastLucca: { revision: string; conflicts: LinkConflict<NaverPerson, CtrlHubUser>[] } | undefined;
  function conflictsPastLucca(people: readonly NaverPerson[], users: readonly CtrlHubUser[]) {
    const revision = `${people.length}/${users.length}`;
    if (pastLucca?.revision !== revision) {
      const [left, right] = [people.map(linkable(naverTraits)), users.map(linkable(ctrlHubTraits))];
      pastLucca = { revision, conflicts: linkRecords(left, right, ['MAPPING_FILE', 'EMAIL']).conflicts };
    }
    return pastLucca.conflicts;
  }

  /**
   * Makes sure that Lucca's record of each of these people, if there is one, is known. The first two rules can be asked
   * of Lucca directly; it has no filter for the others, and an absence shows in the whole directory only. Gives the
   * reason why somebody cannot be named yet: a second id is never issued.
   */
  async function reachLucca<T extends { email: string | null }>(
    people: readonly Linkable<T>[],
    links: () => Links<LuccaEmployee, T>,
  ): Promise<(record: T) => Error | null> {
    if (!upstreams.isConfigured('LUCCA')) return () => null;
    const isOpen = ({ record, traits }: Linkable<T>) => {
      const rule = links().leftOf.get(record)?.rule;
      return rule !== 'MAPPING_FILE' && rule !== 'EMAIL' && rules.some((it) => traits[it] !== undefined);
    };
    const open = people.filter(isOpen);
    const asksFew = !lucca.isWholeAtHand() && open.length <= fewPeople;
    if (asksFew) await Promise.all(open.map(askLucca));
    if (open.length === 0 || (!lucca.isWholeAtHand() && !open.some(isOpen))) return () => null;
    try {
      await lucca.all();
      return () => null;
    } catch (error) {
      if (!isStillReading(error)) throw error;
      if (!asksFew && open.length <= manyPeople) await Promise.all(open.map(askLucca));
      const unknown = new Set(open.filter(isOpen).map(({ record }) => record));
      return (record) => (unknown.has(record) ? error : null);
    }
  }

  async function askLucca({ record, traits }: Linkable<{ email: string | null }>): Promise<void> {
    const mapped = traits.MAPPING_FILE === undefined ? undefined : mapping.rowAt(traits.MAPPING_FILE)?.lucca;
    try {
      if (rules.includes('MAPPING_FILE') && mapped !== undefined) await lucca.byId.load(mapped);
      if (rules.includes('EMAIL') && record.email !== null) await lucca.byEmail.load(record.email);
    } catch (error) {
      if (!isStillReading(error)) throw error;
    }
  }

  async function nameNaverPeople(asked: readonly NaverPerson[]) {
    const everybody = await lists.naverPeople();
    const whyNot = await reachLucca(asked.map(linkable(naverTraits)), () => naverLinks(everybody));
    const links = naverLinks(everybody);
    const naming: Naming = { secret, mapping, isShared: sharedAddresses(everybody) };
    return (record: NaverPerson): Employee | Error | null => {
      const link = links.leftOf.get(record);
      if (link !== undefined) return ofLucca(link.record);
      const obstacle = whyNot(record);
      if (obstacle !== null) return obstacle;
      const key = naverPersonKey(record, naming);
      return key === null ? null : { id: toPersonId(key), leads: 'NAVER', record };
    };
  }

  async function nameCtrlHubUsers(asked: readonly CtrlHubUser[]) {
    if (lists.isAtHand('members')) await ctrlHub.allUsers();
    const everybody = ctrlHub.knownUsers();
    const whyNot = await reachLucca(asked.map(linkable(ctrlHubTraits)), () => ctrlHubLinks(everybody));
    const links = ctrlHubLinks(everybody);
    const naming: Naming = { secret, mapping, isShared: sharedAddresses(everybody) };
    return (record: CtrlHubUser): Employee | Error => {
      const link = links.leftOf.get(record);
      if (link !== undefined) return ofLucca(link.record);
      const obstacle = whyNot(record);
      if (obstacle !== null) return obstacle;
      return { id: toPersonId(ctrlHubPersonKey(record, naming)), leads: 'CTRL_HUB', record };
    };
  }

  return {
    ofLucca,
    ofNaver: batched<NaverPerson, Employee>(nameNaverPeople),
    ofCtrlHubUser: batched<CtrlHubUser, Employee>(nameCtrlHubUsers),
    naverLinks,
    ctrlHubLinks,
    conflictsPastLucca,
  };
}

/** Tells whether more than one of the records has an address. */
export function sharedAddresses(records: readonly { email: string | null }[]): (email: string) => boolean {
  const counts = new Map<string, number>();
  for (const { email } of records) {
    if (email !== null) counts.set(foldEmail(email), (counts.get(foldEmail(email)) ?? 0) + 1);
  }
  return (email) => (counts.get(foldEmail(email)) ?? 0) > 1;
}
