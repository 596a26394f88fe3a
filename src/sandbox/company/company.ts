import { createCtrlHub } from './ctrl-hub.ts';
import type { Company } from './data.ts';
import { createLucca } from './lucca.ts';
import { createNaver } from './naver.ts';
import { createPeople } from './people.ts';
import { createRandom } from './random.ts';

/**
 * Mina Han, crane operator: has records in Lucca (with this spelling), NAVER and Ctrl Hub, with a grade, a position, a
 * job qualification and job roles. She is in every company, for every size and seed.
 */
export const SHOWCASE_EMAIL = 'mina.han@hanbit-marine.example';

/**
 * Creates a shipyard with invented people. Its records are as irregular as real ones: people are missing from some systems,
 * names are spelled differently, and records are linked by different identifiers or by none. The same options always give
 * the same company. Tests may change its data.
 *
 * About 85 % of the people are in Lucca, four fifths in NAVER, four fifths in Ctrl Hub with three assignments for two
 * people. With 200 people or more, all irregularities occur; e-mail conflicts occur once in a company of any size. The
 * reference lists have 30 job qualifications, 9 professions, 12 grades and 10 jobs. There are 25 job roles, and more beyond
 * 400 people, so that none has more than 100 assignments.
 */
export function createCompany(options: { people?: number; seed?: number } = {}): Company {
  const { people: count = 200, seed = 1 } = options;
  const people = createPeople(count, createRandom(seed));
  // A separate random stream for each system: a change in one system does not affect the others.
  return {
    lucca: createLucca(people, createRandom(seed + 0x10000)),
    ctrlHub: createCtrlHub(people, createRandom(seed + 0x20000)),
    naver: createNaver(people, createRandom(seed + 0x30000)),
  };
}
