import type { Company } from '../../../src/sandbox/company/data.ts';
import { fullJoinOf } from '../../helpers/truth-full-join.ts';

/** What joins a person over the three systems. Scalars that one system knows alone are left out. */
export type Join = {
  luccaId: string;
  grade: string | null;
  position: string | null;
  qualification: string | null;
  profession: string | null;
  assignments: number;
  identities: string[];
};

/** The truth about Lucca's people, in the order of q02. `byEmailOnly`: by the one rule that servers by hand know. */
export function joinsOf(company: Company, byEmailOnly: boolean): Join[] {
  return fullJoinOf(company, byEmailOnly ? { rules: ['EMAIL'] } : {}).map((person) => ({
    luccaId: person.identities[0]?.upstreamId ?? '',
    grade: person.grade?.externalKey ?? null,
    position: person.position?.externalKey ?? null,
    qualification: person.jobQualification?.title ?? null,
    profession: person.jobQualification?.profession?.title ?? null,
    assignments: person.jobRoleAssignments?.nodes.length ?? 0,
    identities: person.identities.map(({ upstream, upstreamId }) => `${upstream} ${upstreamId}`).sort(),
  }));
}

/** How many people the answer is wrong about, each counted once; people who are missing or too many count as well. */
export function wrongIn(answered: readonly Join[], expected: readonly Join[]): number {
  const length = Math.max(answered.length, expected.length);
  return Array.from({ length }, (_, index) => index).filter(
    (index) => JSON.stringify(answered[index]) !== JSON.stringify(expected[index]),
  ).length;
}
