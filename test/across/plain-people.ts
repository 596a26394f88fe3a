import type { Company } from '../../src/sandbox/company/data.ts';
import { naverKeyOf } from '../helpers/truth.ts';
import {
  type Conflict,
  conflictsOf,
  inNameOrder,
  keyOf,
  leadingId,
  type Person,
  peopleOf,
} from '../helpers/truth-people.ts';

/** One human being by the identifiers that the three systems have for them. */
export type PlainPerson = {
  /** What is in the graph's id. */
  id: string;
  LUCCA?: string;
  NAVER?: string;
  CTRL_HUB?: string;
  /** Each as `rule: identifiers`, of the records and people that claim one another and left this one without a link. */
  conflicts: string[];
};

/** Everybody whom a system knows, each once, by name. */
export function everybody(company: Company): PlainPerson[] {
  const conflicts = conflictsOf(company);
  return inNameOrder(peopleOf(company)).map((person) => {
    const { lucca, naver, user } = person;
    const key = naver && naverKeyOf(naver);
    return {
      id: keyOf(person),
      ...(lucca && { LUCCA: lucca.id }),
      ...(naver && { NAVER: key ?? naver.loginId }),
      ...(user && { CTRL_HUB: user.id }),
      conflicts: conflicts
        .filter((it) => concerns(it, person))
        .map(({ rule, people, rows }) => line(rule, [...people, ...rows])),
    };
  });
}

/** The person was left without a record of the later system, or is led by such a record. */
function concerns({ system, people, rows }: Conflict, person: Person): boolean {
  const id = leadingId(person);
  const isLedByOne = person.lucca === null && (system === 'naver' ? person.naver !== null : person.naver === null);
  return person[system] === null ? people.includes(id) : isLedByOne && rows.includes(id);
}

export const line = (rule: string, records: readonly string[]): string => `${rule}: ${[...records].sort().join(' ')}`;
