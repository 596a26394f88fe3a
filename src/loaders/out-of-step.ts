import type { Employee } from '../domain/employee.ts';
import type { CtrlHubUser, LuccaEmployee, NaverPerson } from '../domain/people.ts';
import { upstreams as allUpstreams, type Upstream } from '../domain/upstream.ts';
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

export type PersonOutOfStep = { employee: Employee; missingFrom: readonly Upstream[] };

/** Whom some configured upstreams know and others do not: each person once, through the record that leads. */
export type OutOfStep = () => Promise<readonly PersonOutOfStep[]>;

export function createOutOfStep(
  upstreams: Upstreams,
  lists: Lists,
  lucca: LuccaPeople,
  ctrlHub: CtrlHubKnowledge,
  identity: IdentityConfig,
): OutOfStep {
  return async () => {
    const [employees, people, users] = await Promise.all([
      upstreams.isConfigured('LUCCA') ? lucca.all() : unconfigured,
      upstreams.isConfigured('NAVER') ? lists.naverPeople() : unconfigured,
      upstreams.isConfigured('CTRL_HUB') ? ctrlHub.allUsers() : unconfigured,
    ]);
    return gathered(employees, people, users, identity);
  };
}

/** Stands for the directory that there is not: one object, by which what follows from it is kept. */
const unconfigured: readonly never[] = [];

const gathered = keptWith(
  (
    employees: readonly LuccaEmployee[],
    people: readonly NaverPerson[],
    users: readonly CtrlHubUser[],
    identity: IdentityConfig,
  ): readonly PersonOutOfStep[] => {
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
      else if (!known.knownBy.includes(upstream)) known.knownBy.push(upstream);
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
    const directories: Record<Upstream, readonly unknown[]> = { LUCCA: employees, NAVER: people, CTRL_HUB: users };
    const configured = allUpstreams.filter((it) => directories[it] !== unconfigured);
    // Most people are known to all: whoever is not kept here takes no memory.
    return met
      .values()
      .map(({ employee, knownBy }) => ({ employee, missingFrom: configured.filter((it) => !knownBy.includes(it)) }))
      .filter(({ missingFrom }) => missingFrom.length > 0)
      .toArray();
  },
);
