import type { Employee } from '../domain/employee.ts';
import type { CtrlHubUser, LuccaEmployee, NaverPerson } from '../domain/people.ts';
import { foldEmail } from '../domain/text.ts';
import type { Linkable } from '../identity/link.ts';
import type { IdentityMapping } from '../identity/mapping.ts';
import type { IdentityMatch } from '../identity/rules.ts';
import { ctrlHubTraits, naverTraits } from '../identity/traits.ts';
import type { CtrlHubKnowledge } from './ctrl-hub-knowledge.ts';
import { ctrlHubByAddress, naverByAddress, sharedAddresses, type TraitsOf } from './directories.ts';
import type { Lists } from './lists.ts';
import type { LuccaPeople } from './lucca-people.ts';
import type { PersonNaming } from './naming.ts';

/** What one upstream knows of a person, and why we believe that it is the same person. */
export type Slot<T> = { record: T; matchedBy: IdentityMatch };

/** From a person to the records that the upstreams keep of them. */
export type PersonSlots = {
  naverOf(employee: Employee): Promise<Slot<NaverPerson> | null>;
  ctrlHubOf(employee: Employee): Promise<Slot<CtrlHubUser> | null>;
  /** True when another record of the leading upstream, among those read so far, has the same address. */
  isEmailShared(employee: Employee): Promise<boolean>;
};

export function createSlots(
  lists: Lists,
  lucca: LuccaPeople,
  ctrlHub: CtrlHubKnowledge,
  naming: PersonNaming,
  mapping: IdentityMapping,
): PersonSlots {
  async function naverOf(employee: Employee): Promise<Slot<NaverPerson> | null> {
    if (employee.leads === 'NAVER') return { record: employee.record, matchedBy: 'SOURCE' };
    const people = await lists.naverPeople();
    if (employee.leads === 'LUCCA') {
      await seeConflicts(employee.record);
      const link = naming.naverLinks(people).rightOf.get(employee.record);
      return link === undefined ? null : { record: link.record, matchedBy: link.rule };
    }
    const alike = [
      ...mappedAlike(people, naverTraits, ctrlHubTraits(employee.record, mapping)),
      ...addressedAlike(naverByAddress(people), employee.record.email),
    ];
    return ofSameName(employee, alike, (it) => naming.ofNaver.load(it));
  }

  async function ctrlHubOf(employee: Employee): Promise<Slot<CtrlHubUser> | null> {
    if (employee.leads === 'CTRL_HUB') return { record: employee.record, matchedBy: 'SOURCE' };
    const users = await ctrlHub.allUsers();
    if (employee.leads === 'LUCCA') {
      await seeConflicts(employee.record);
      const link = naming.ctrlHubLinks(users).rightOf.get(employee.record);
      return link === undefined ? null : { record: link.record, matchedBy: link.rule };
    }
    const alike = [
      ...mappedAlike(users, ctrlHubTraits, naverTraits(employee.record, mapping)),
      ...addressedAlike(ctrlHubByAddress(users), employee.record.email),
    ];
    return ofSameName(employee, alike, (it) => naming.ofCtrlHubUser.load(it));
  }

  /**
   * Only the whole of Lucca shows every conflict. It is not asked for here, but used where it costs nothing; who was
   * asked for alone is at least compared with those who spell the address alike.
   */
  async function seeConflicts(record: LuccaEmployee): Promise<void> {
    if (lucca.isComplete()) return;
    if (lucca.isWholeAtHand()) await lucca.all();
    else await lucca.confirmAddress(record);
  }

  async function isEmailShared({ leads, record }: Employee): Promise<boolean> {
    if (record.email === null) return false;
    if (leads === 'LUCCA') {
      await seeConflicts(record);
      return sharedAddresses(lucca.known())(record.email);
    }
    return sharedAddresses(leads === 'NAVER' ? await lists.naverPeople() : ctrlHub.knownUsers())(record.email);
  }

  /** The records of the mapping file's row that names the person. */
  function mappedAlike<T>(records: readonly T[], traitsOf: TraitsOf<T>, { MAPPING_FILE: row }: Traits): Slot<T>[] {
    if (row === undefined) return [];
    const isInRow = (record: T) => traitsOf(record, mapping).MAPPING_FILE === row;
    return records.filter(isInRow).map((record) => ({ record, matchedBy: 'MAPPING_FILE' }));
  }

  return { naverOf, ctrlHubOf, isEmailShared };
}

type Traits = Linkable<unknown>['traits'];

function addressedAlike<T>(byAddress: ReadonlyMap<string, T[]>, email: string | null): Slot<T>[] {
  const records = email === null ? [] : (byAddress.get(foldEmail(email)) ?? []);
  return records.map((record) => ({ record, matchedBy: 'EMAIL' }));
}

/** Records that Lucca does not know belong together when, and only when, they are named alike. */
async function ofSameName<T>(
  employee: Employee,
  alike: readonly Slot<T>[],
  nameOf: (record: T) => Promise<Employee | null>,
): Promise<Slot<T> | null> {
  for (const slot of alike) {
    if ((await nameOf(slot.record))?.id === employee.id) return slot;
  }
  return null;
}
