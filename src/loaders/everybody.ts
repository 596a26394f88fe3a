import type { Employee } from '../domain/employee.ts';
import type { CtrlHubUser, LuccaEmployee, NaverPerson } from '../domain/people.ts';
import type { Upstream } from '../domain/upstream.ts';
import type { Upstreams } from '../upstreams/upstreams.ts';
import type { CtrlHubKnowledge } from './ctrl-hub-knowledge.ts';
import {
  type IdentityConfig,
  linkedWithCtrlHub,
  linkedWithNaver,
  personOfLucca,
  sharedAddresses,
  strangerOfCtrlHub,
  strangerOfNaver,
} from './directories.ts';
import { keptWith } from './kept-with.ts';
import type { Lists } from './lists.ts';
import type { LuccaPeople } from './lucca-people.ts';

export type KnownPerson = { employee: Employee; knownBy: readonly Upstream[] };

/** Each person once, through the record that leads, with the configured upstreams that know them. */
export type Everybody = () => Promise<readonly KnownPerson[]>;

export function createEverybody(
  upstreams: Upstreams,
  lists: Lists,
  lucca: LuccaPeople,
  ctrlHub: CtrlHubKnowledge,
  identity: IdentityConfig,
): Everybody {
  return async () => {
    const [employees, people, users] = await Promise.all([
      upstreams.isConfigured('LUCCA') ? lucca.all() : nobody,
      upstreams.isConfigured('NAVER') ? lists.naverPeople() : nobody,
      upstreams.isConfigured('CTRL_HUB') ? ctrlHub.allUsers() : nobody,
    ]);
    return gathered(employees, people, users, identity);
  };
}

/** One object, by which what follows from it is kept. */
const nobody: readonly never[] = [];

const gathered = keptWith(
  (
    employees: readonly LuccaEmployee[],
    people: readonly NaverPerson[],
    users: readonly CtrlHubUser[],
    identity: IdentityConfig,
  ): readonly KnownPerson[] => {
    const { secret, mapping } = identity;
    const inNaver = linkedWithNaver(employees, people, identity);
    const inCtrlHub = linkedWithCtrlHub(employees, users, identity);
    const naverNaming = { secret, mapping, isShared: sharedAddresses(people) };
    const ctrlHubNaming = { secret, mapping, isShared: sharedAddresses(users) };

    const met = new Map<string, { employee: Employee; knownBy: Upstream[] }>();
    const meet = (upstream: Upstream, employee: Employee | null) => {
      if (employee === null) return;
      const known = met.get(employee.id);
      if (known === undefined) met.set(employee.id, { employee, knownBy: [upstream] });
      else if (!known.knownBy.includes(upstream)) known.knownBy = known.knownBy.concat(upstream);
    };
    for (const record of employees) meet('LUCCA', personOfLucca(record));
    for (const record of people) {
      const link = inNaver.leftOf.get(record);
      meet('NAVER', link === undefined ? strangerOfNaver(record, naverNaming) : personOfLucca(link.record));
    }
    for (const record of users) {
      const link = inCtrlHub.leftOf.get(record);
      meet('CTRL_HUB', link === undefined ? strangerOfCtrlHub(record, ctrlHubNaming) : personOfLucca(link.record));
    }
    return [...met.values()];
  },
);
