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

    const directories: Record<Upstream, readonly unknown[]> = { LUCCA: employees, NAVER: people, CTRL_HUB: users };
    const configured = allUpstreams.filter((it) => directories[it] !== unconfigured);
    const missing = (knownBy: readonly Upstream[]) => configured.filter((it) => !knownBy.includes(it));

    // Most people are known to all: whoever is not kept here takes no memory.
    const outOfStep: PersonOutOfStep[] = [];
    for (const record of employees) {
      const knownBy: Upstream[] = ['LUCCA'];
      if (inNaver.rightOf.has(record)) knownBy.push('NAVER');
      if (inCtrlHub.rightOf.has(record)) knownBy.push('CTRL_HUB');
      const missingFrom = missing(knownBy);
      if (missingFrom.length > 0) outOfStep.push({ employee: personOfLucca(record), missingFrom });
    }

    const strangers = new Map<string, { employee: Employee; knownBy: Upstream[] }>();
    const meet = (upstream: Upstream, employee: Employee | null) => {
      if (employee === null) return;
      const known = strangers.get(employee.id);
      if (known === undefined) strangers.set(employee.id, { employee, knownBy: [upstream] });
      else if (!known.knownBy.includes(upstream)) known.knownBy.push(upstream);
    };
    for (const record of people) if (!inNaver.leftOf.has(record)) meet('NAVER', strangerOfNaver(record, naverNaming));
    for (const record of users) {
      if (!inCtrlHub.leftOf.has(record)) meet('CTRL_HUB', strangerOfCtrlHub(record, ctrlHubNaming));
    }
    for (const { employee, knownBy } of strangers.values()) {
      const missingFrom = missing(knownBy);
      if (missingFrom.length > 0) outOfStep.push({ employee, missingFrom });
    }
    return outOfStep;
  },
);
