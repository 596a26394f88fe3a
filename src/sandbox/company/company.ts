import { createCtrlHub } from './ctrl-hub.ts';
import type { Company } from './data.ts';
import { createLucca } from './lucca.ts';
import { createNaver } from './naver.ts';
import { createPeople } from './people.ts';
import { createRandom } from './random.ts';

/**
 * Mina Han, crane operator: known to Lucca (under this spelling), NAVER and Ctrl Hub, with a grade, a position, a
 * job-qualification and job roles. In every company, whatever its size and seed.
 */
export const SHOWCASE_EMAIL = 'mina.han@hanbit-marine.example';

/**
 * A shipyard whose people are invented, and as irregular as real records are: known to some systems and not to others,
 * spelled differently, linked by this identifier or that one or none. The same options always give the same company; its
 * data may be changed freely.
 *
 * About 85 % of the people are in Lucca, four fifths in NAVER, four fifths in Ctrl Hub with three assignments for two
 * people. All the irregularities are there from 200 people on, the conflicts of e-mails once whatever the size. The
 * reference lists have 30 job-qualifications, 9 professions, 12 grades and 10 jobs; the 25 job roles become more beyond
 * 400 people, so that none has more than 100 assignments.
 */
export function createCompany(options: { people?: number; seed?: number } = {}): Company {
  const { people: count = 200, seed = 1 } = options;
  const people = createPeople(count, createRandom(seed));
  // A stream for each system: one more number drawn for one of them changes nothing in the others.
  return {
    lucca: createLucca(people, createRandom(seed + 0x10000)),
    ctrlHub: createCtrlHub(people, createRandom(seed + 0x20000)),
    naver: createNaver(people, createRandom(seed + 0x30000)),
  };
}
