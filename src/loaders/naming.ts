import type { Employee } from '../domain/employee.ts';
import type { CtrlHubUser, LuccaEmployee, NaverPerson } from '../domain/people.ts';
import type { Linkable, LinkConflict, Links } from '../identity/link.ts';
import type { Naming } from '../identity/person-id.ts';
import { ctrlHubTraits, naverTraits } from '../identity/traits.ts';
import type { Upstreams } from '../upstreams/upstreams.ts';
import { batched, type Loader } from './batch.ts';
import type { CtrlHubKnowledge } from './ctrl-hub-knowledge.ts';
import {
  conflictsPastLucca,
  type IdentityConfig,
  linkedWithCtrlHub,
  linkedWithNaver,
  personOfLucca,
  sharedAddresses,
  someLinkedWithCtrlHub,
  someLinkedWithNaver,
  strangerOfCtrlHub,
  strangerOfNaver,
  type TraitsOf,
} from './directories.ts';
import type { Lists } from './lists.ts';
import { isStillReading, type LuccaPeople } from './lucca-people.ts';

type LinksTo<T> = Links<LuccaEmployee, T>;

/** From an upstream's record to the person that it belongs to. */
export type PersonNaming = {
  ofLucca(record: LuccaEmployee): Employee;
  /** Null for a row that nothing names: neither a key nor an address of its own. */
  ofNaver: Loader<NaverPerson, Employee | null>;
  ofCtrlHubUser: Loader<CtrlHubUser, Employee | null>;
  /** As far as Lucca's records are known; complete for records whose person was asked for. */
  naverLinks(people: readonly NaverPerson[]): LinksTo<NaverPerson>;
  ctrlHubLinks(users: readonly CtrlHubUser[]): LinksTo<CtrlHubUser>;
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

  const linkable =
    <T>(traitsOf: TraitsOf<T>) =>
    (record: T): Linkable<T> => ({ record, traits: traitsOf(record, mapping) });

  const naverLinks = (people: readonly NaverPerson[]) =>
    (lucca.isComplete() ? linkedWithNaver : someLinkedWithNaver)(lucca.known(), people, identity);
  const ctrlHubLinks = (users: readonly CtrlHubUser[]) =>
    (lucca.isComplete() ? linkedWithCtrlHub : someLinkedWithCtrlHub)(lucca.known(), users, identity);

  /**
   * Makes sure that Lucca's record of each of these people, if there is one, is known. The first two rules can be asked
   * of Lucca directly; it has no filter for the others, and an absence shows in the whole directory only. Gives the
   * reason why somebody cannot be named yet: a second id is never issued.
   */
  async function reachLucca<T extends { email: string | null }>(
    records: readonly T[],
    traitsOf: TraitsOf<T>,
    links: () => LinksTo<T>,
  ): Promise<(record: T) => Error | null> {
    if (!upstreams.isConfigured('LUCCA') || lucca.isComplete()) return () => null;
    const isOpen = ({ record, traits }: Linkable<T>) => {
      const rule = links().leftOf.get(record)?.rule;
      return rule !== 'MAPPING_FILE' && rule !== 'EMAIL' && rules.some((it) => traits[it] !== undefined);
    };
    const open = records.map(linkable(traitsOf)).filter(isOpen);
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
    const mapped = traits.MAPPING_FILE === undefined ? undefined : mapping.rowAt(traits.MAPPING_FILE)?.LUCCA;
    try {
      if (rules.includes('MAPPING_FILE') && mapped !== undefined) await lucca.byId.load(mapped);
      if (rules.includes('EMAIL') && record.email !== null) await lucca.byEmail.load(record.email);
    } catch (error) {
      if (!isStillReading(error)) throw error;
    }
  }

  /** Nobody need be asked of Lucca to name somebody. */
  const isLuccaKnown = () => lucca.isComplete() || !upstreams.isConfigured('LUCCA');

  async function nameNaverPeople(asked: readonly NaverPerson[]) {
    const everybody = await lists.naverPeople();
    const whyNot = await reachLucca(asked, naverTraits, () => naverLinks(everybody));
    const nameOf = naverNamer(everybody);
    return (record: NaverPerson): Employee | Error | null => nameOf(record, whyNot);
  }

  function naverNamer(everybody: readonly NaverPerson[]) {
    const links = naverLinks(everybody);
    const naming: Naming = { secret, mapping, isShared: sharedAddresses(everybody) };
    return (record: NaverPerson, whyNot: (record: NaverPerson) => Error | null) => {
      const link = links.leftOf.get(record);
      return link === undefined ? (whyNot(record) ?? strangerOfNaver(record, naming)) : personOfLucca(link.record);
    };
  }

  function naverPersonAtHand(record: NaverPerson) {
    const everybody = isLuccaKnown() ? lists.settled('naverPeople') : null;
    return everybody === null ? undefined : naverNamer(everybody)(record, noReason);
  }

  async function nameCtrlHubUsers(asked: readonly CtrlHubUser[]) {
    if (lists.isAtHand('members')) await ctrlHub.allUsers();
    const everybody = ctrlHub.knownUsers();
    const whyNot = await reachLucca(asked, ctrlHubTraits, () => ctrlHubLinks(everybody));
    const nameOf = ctrlHubNamer(everybody);
    return (record: CtrlHubUser): Employee | Error => nameOf(record, whyNot);
  }

  function ctrlHubNamer(everybody: readonly CtrlHubUser[]) {
    const links = ctrlHubLinks(everybody);
    const naming: Naming = { secret, mapping, isShared: sharedAddresses(everybody) };
    return (record: CtrlHubUser, whyNot: (record: CtrlHubUser) => Error | null) => {
      const link = links.leftOf.get(record);
      return link === undefined ? (whyNot(record) ?? strangerOfCtrlHub(record, naming)) : personOfLucca(link.record);
    };
  }

  function ctrlHubPersonAtHand(record: CtrlHubUser) {
    const isThere = isLuccaKnown() && (ctrlHub.isGathered() || !lists.isAtHand('members'));
    return isThere ? ctrlHubNamer(ctrlHub.knownUsers())(record, noReason) : undefined;
  }

  return {
    ofLucca: personOfLucca,
    ofNaver: batched<NaverPerson, Employee>(nameNaverPeople, naverPersonAtHand),
    ofCtrlHubUser: batched<CtrlHubUser, Employee>(nameCtrlHubUsers, ctrlHubPersonAtHand),
    naverLinks,
    ctrlHubLinks,
    conflictsPastLucca: (people, users) => conflictsPastLucca(people, users, identity),
  };
}

const noReason = () => null;
