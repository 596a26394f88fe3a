import type { Employee } from '../domain/employee.ts';
import type { CtrlHubUser, LuccaEmployee, NaverPerson } from '../domain/people.ts';
import type { Linkable } from '../identity/link.ts';
import type { IdentityMapping } from '../identity/mapping.ts';
import type { IdentityMatch } from '../identity/rules.ts';
import { ctrlHubTraits, naverTraits } from '../identity/traits.ts';
import type { CtrlHubKnowledge } from './ctrl-hub-knowledge.ts';
import type { Lists } from './lists.ts';
import type { LuccaPeople } from './lucca-people.ts';
import { type PersonNaming, sharedAddresses } from './naming.ts';

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
    const candidates = people.map((record) => ({ record, traits: naverTraits(record, mapping) }));
    return ofSameName(employee, ctrlHubTraits(employee.record, mapping), candidates, (it) => naming.ofNaver.load(it));
  }

  async function ctrlHubOf(employee: Employee): Promise<Slot<CtrlHubUser> | null> {
    if (employee.leads === 'CTRL_HUB') return { record: employee.record, matchedBy: 'SOURCE' };
    const users = await ctrlHub.allUsers();
    if (employee.leads === 'LUCCA') {
      await seeConflicts(employee.record);
      const link = naming.ctrlHubLinks(users).rightOf.get(employee.record);
      return link === undefined ? null : { record: link.record, matchedBy: link.rule };
    }
    const candidates = users.map((record) => ({ record, traits: ctrlHubTraits(record, mapping) }));
    return ofSameName(employee, naverTraits(employee.record, mapping), candidates, (it) =>
      naming.ofCtrlHubUser.load(it),
    );
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
      return isShared(lucca.known())(record.email);
    }
    return isShared(leads === 'NAVER' ? await lists.naverPeople() : ctrlHub.knownUsers())(record.email);
  }

  const isShared = latestOf(sharedAddresses);

  return { naverOf, ctrlHubOf, isEmailShared };
}

/** Records that Lucca does not know belong together when, and only when, they are named alike. */
async function ofSameName<T>(
  employee: Employee,
  traits: Linkable<unknown>['traits'],
  candidates: readonly Linkable<T>[],
  nameOf: (record: T) => Promise<Employee | null>,
): Promise<Slot<T> | null> {
  const alike = candidates.flatMap((candidate) => {
    const rule = (['MAPPING_FILE', 'EMAIL'] as const).find(
      (it) => traits[it] !== undefined && traits[it] === candidate.traits[it],
    );
    return rule === undefined ? [] : [{ record: candidate.record, matchedBy: rule }];
  });
  for (const slot of alike) {
    if ((await nameOf(slot.record))?.id === employee.id) return slot;
  }
  return null;
}

/** Keeps the last result for the last rows: many people of one page ask the same. */
function latestOf<T, R>(derive: (rows: readonly T[]) => R): (rows: readonly T[]) => R {
  let latest: { length: number; first: T | undefined; result: R } | undefined;
  return (rows) => {
    if (latest?.length !== rows.length || latest.first !== rows[0]) {
      latest = { length: rows.length, first: rows[0], result: derive(rows) };
    }
    return latest.result;
  };
}
