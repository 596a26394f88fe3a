import { type Awaitable, whenThere } from '../domain/awaitable.ts';
import type { Employee } from '../domain/employee.ts';
import type { Groups } from '../domain/groups.ts';
import type { IdentityMatch } from '../domain/identity-rule.ts';
import type { CtrlHubUser, LuccaEmployee, NaverPerson } from '../domain/people.ts';
import { foldEmail } from '../domain/text.ts';
import type { Upstream } from '../domain/upstream.ts';
import type { Linkable, Links } from '../identity/link.ts';
import type { IdentityMapping } from '../identity/mapping.ts';
import { ctrlHubTraits, naverTraits } from '../identity/traits.ts';
import type { CtrlHubKnowledge } from './ctrl-hub-knowledge.ts';
import { type Addressed, ctrlHubByAddress, naverByAddress, sharedAddresses, type TraitsOf } from './directories.ts';
import type { Lists } from './lists.ts';
import type { LuccaPeople } from './lucca-people.ts';
import type { PersonNaming } from './naming.ts';

/** What one upstream knows of a person, and why we believe that it is the same person. */
export type Slot<T> = { record: T; matchedBy: IdentityMatch };

/** From a person to the records that the upstreams keep of them. */
export type PersonSlots = {
  naverOf(employee: Employee): Awaitable<Slot<NaverPerson> | null>;
  ctrlHubOf(employee: Employee): Awaitable<Slot<CtrlHubUser> | null>;
  /** True when another record of the leading upstream, among those read so far, has the same address. */
  isEmailShared(employee: Employee): Awaitable<boolean>;
};

export function createSlots(
  lists: Lists,
  lucca: LuccaPeople,
  ctrlHub: CtrlHubKnowledge,
  naming: PersonNaming,
  mapping: IdentityMapping<Upstream>,
): PersonSlots {
  function naverOf(employee: Employee): Awaitable<Slot<NaverPerson> | null> {
    if (employee.leads === 'NAVER') return { record: employee.record, matchedBy: 'SOURCE' };
    return whenThere(lists.naverPeople(), (people): Awaitable<Slot<NaverPerson> | null> => {
      if (employee.leads === 'LUCCA') {
        return whenThere(seeConflicts(employee.record), () => linkOf(employee.record, naming.naverLinks(people)));
      }
      const alike = [
        ...mappedAlike(people, naverTraits, ctrlHubTraits(employee.record, mapping)),
        ...addressedAlike(naverByAddress(people), employee.record.email),
      ];
      return ofSameName(employee, alike, (it) => naming.ofNaver.load(it));
    });
  }

  function ctrlHubOf(employee: Employee): Awaitable<Slot<CtrlHubUser> | null> {
    if (employee.leads === 'CTRL_HUB') return { record: employee.record, matchedBy: 'SOURCE' };
    return whenThere(ctrlHub.allUsers(), (users): Awaitable<Slot<CtrlHubUser> | null> => {
      if (employee.leads === 'LUCCA') {
        return whenThere(seeConflicts(employee.record), () => linkOf(employee.record, naming.ctrlHubLinks(users)));
      }
      const alike = [
        ...mappedAlike(users, ctrlHubTraits, naverTraits(employee.record, mapping)),
        ...addressedAlike(ctrlHubByAddress(users), employee.record.email),
      ];
      return ofSameName(employee, alike, (it) => naming.ofCtrlHubUser.load(it));
    });
  }

  /**
   * Only the whole of Lucca shows every conflict. It is not asked for here, but used where it costs nothing; who was
   * asked for alone is at least compared with those who spell the address alike.
   */
  function seeConflicts(record: LuccaEmployee): Awaitable<unknown> {
    if (lucca.isComplete()) return undefined;
    return lucca.isWholeAtHand() ? lucca.all() : lucca.confirmAddress(record);
  }

  function isEmailShared({ leads, record }: Employee): Awaitable<boolean> {
    const { email } = record;
    if (email === null) return false;
    if (leads === 'LUCCA') return whenThere(seeConflicts(record), () => sharedAddresses(lucca.known())(email));
    const peers = leads === 'NAVER' ? lists.naverPeople() : ctrlHub.knownUsers();
    return whenThere<readonly { email: string | null }[], boolean>(peers, (rows) => sharedAddresses(rows)(email));
  }

  /** The records of the mapping file's row that names the person. */
  function mappedAlike<T>(records: readonly T[], traitsOf: TraitsOf<T>, { MAPPING_FILE: row }: Traits): Slot<T>[] {
    if (row === undefined) return [];
    const isInRow = (record: T) => traitsOf(record, mapping).MAPPING_FILE === row;
    return records.filter(isInRow).map((record) => ({ record, matchedBy: 'MAPPING_FILE' }));
  }

  return { naverOf, ctrlHubOf, isEmailShared };
}

function linkOf<T>(record: LuccaEmployee, links: Links<LuccaEmployee, T>): Slot<T> | null {
  const link = links.rightOf.get(record);
  return link === undefined ? null : { record: link.record, matchedBy: link.rule };
}

type Traits = Linkable<unknown>['traits'];

function addressedAlike<T extends Addressed>(byAddress: Groups<T>, email: string | null): Slot<T>[] {
  const records = email === null ? [] : (byAddress.get(foldEmail(email)) ?? []);
  return records.map((record) => ({ record, matchedBy: 'EMAIL' }));
}

/** Records that Lucca does not know belong together when, and only when, they are named alike. */
async function ofSameName<T>(
  employee: Employee,
  alike: readonly Slot<T>[],
  nameOf: (record: T) => Awaitable<Employee | null>,
): Promise<Slot<T> | null> {
  for (const slot of alike) {
    if ((await nameOf(slot.record))?.id === employee.id) return slot;
  }
  return null;
}
