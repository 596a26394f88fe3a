import type { Upstreams } from '../upstreams/upstreams.ts';
import { type CtrlHubKnowledge, createCtrlHubKnowledge } from './ctrl-hub-knowledge.ts';
import type { IdentityConfig } from './directories.ts';
import { createPersonFinder, type PersonFinder } from './find-person.ts';
import { createLists, type Lists, startPlannedLists } from './lists.ts';
import { createLuccaPeople, type LuccaPeople } from './lucca-people.ts';
import type { Memory } from './memory.ts';
import type { MemoryStatistics } from './memory-statistics.ts';
import { createNaming, type PersonNaming } from './naming.ts';
import { createOutOfStep, type OutOfStep } from './out-of-step.ts';
import type { ReadPlan, WholeList } from './plan.ts';
import { createReferenceLoaders, type ReferenceLoaders } from './reference.ts';
import { rememberedUpstreams } from './remembered-upstreams.ts';
import { createSlots, type PersonSlots } from './slots.ts';

/** Everything that one operation may ask of the upstreams. Resolvers have no other way to them. */
export type Loaders = {
  plan: ReadPlan;
  upstreams: Upstreams;
  lists: Lists;
  lucca: LuccaPeople;
  ctrlHub: CtrlHubKnowledge;
  reference: ReferenceLoaders;
  naming: PersonNaming;
  slots: PersonSlots;
  person: PersonFinder;
  outOfStep: OutOfStep;
  /** Of the process, since its start. */
  statistics: MemoryStatistics;
  /** After a write: this operation and all others read these anew. */
  forget(written: Written): void;
};

/** What a write may have changed. */
export type Written = 'grades' | 'positions' | 'assignments';

/** Made once per operation, when its plan is known; the planned lists start at once. */
export function createLoaders(direct: Upstreams, memory: Memory, identity: IdentityConfig, plan: ReadPlan): Loaders {
  const remembered = rememberedUpstreams(direct, memory);
  // Planned lists start beside the first request: an operation whose arguments are refused before it sends none.
  let isStarted = false;
  const upstreams: Upstreams = {
    ...remembered,
    client: (upstream) => {
      if (!isStarted) {
        isStarted = true;
        startPlannedLists(lists, plan);
      }
      return remembered.client(upstream);
    },
  };
  const lists = createLists(upstreams, memory, plan);
  const reference = createReferenceLoaders(upstreams, lists);
  const lucca = createLuccaPeople(upstreams, lists, reference, plan);
  const ctrlHub = createCtrlHubKnowledge(upstreams, lists, plan);
  const naming = createNaming(upstreams, lists, lucca, ctrlHub, identity);
  return {
    plan,
    upstreams,
    lists,
    lucca,
    ctrlHub,
    reference,
    naming,
    slots: createSlots(lists, lucca, ctrlHub, naming, identity.mapping),
    person: createPersonFinder(upstreams, lists, lucca, ctrlHub, naming, identity),
    outOfStep: createOutOfStep(upstreams, lists, lucca, ctrlHub, identity),
    statistics: memory.statistics,
    forget: (written) => {
      memory.forget(touchedBy[written].tags);
      for (const list of touchedBy[written].lists) lists.forget(list);
      if (written === 'assignments') ctrlHub.forget();
      else reference.forget();
    },
  };
}

/** The reads that answer for what a write changes: a grade that is deleted goes missing from people as well. */
const touchedBy: Record<Written, { tags: string[]; lists: WholeList[] }> = {
  grades: { tags: ['NAVER.grades', 'NAVER.grade', 'NAVER.people'], lists: ['grades', 'naverPeople'] },
  positions: { tags: ['NAVER.positions', 'NAVER.position', 'NAVER.people'], lists: ['positions', 'naverPeople'] },
  assignments: {
    tags: ['CTRL_HUB.assignments', 'CTRL_HUB.assignmentPage', 'CTRL_HUB.rolesById'],
    lists: ['assignments'],
  },
};
