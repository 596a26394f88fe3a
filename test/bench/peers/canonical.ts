import { z } from 'zod';
import { operation } from '../../helpers/operation.ts';
import type { Peer } from './peer.ts';

const body = (query: string, variables: object = {}): string => JSON.stringify({ query, variables });

const directoryPage = operation('q01-directory-page');
const fullJoin = operation('q02-full-join');
const person = operation('q03-person');
const anyPage = fullJoin
  .replace('query FullJoin', 'query FullJoin($first: Int, $after: String)')
  .replace('employees(first: 100)', 'employees(first: $first, after: $after)');

const text = z.string().nullable();
const employeeShape = z.object({
  grade: z.object({ externalKey: text }).nullable(),
  position: z.object({ externalKey: text }).nullable(),
  jobQualification: z.object({ title: text, profession: z.object({ title: text }).nullable() }).nullable(),
  jobRoleAssignments: z.object({ nodes: z.array(z.unknown()) }).nullable(),
  identities: z.array(z.object({ upstream: z.string(), upstreamId: z.string() })),
});
const fullJoinShape = z.object({ data: z.object({ employees: z.object({ nodes: z.array(employeeShape) }) }) });
const cursorShape = z.object({
  data: z.object({ employees: z.object({ pageInfo: z.object({ endCursor: text }) }) }),
});

/** What peers have in common that speak the schema of hr-graph and take its operations verbatim. */
export const canonical: Pick<Peer, 'questions' | 'readCursor' | 'readJoins'> = {
  questions: {
    q01: body(directoryPage),
    q02: body(fullJoin),
    q03: (email) => body(person, { email }),
    page: (first, after) => body(anyPage, { first, after }),
    cursor: (first) => body('query ($first: Int) { employees(first: $first) { pageInfo { endCursor } } }', { first }),
  },
  readCursor: (answer) => cursorShape.parse(JSON.parse(answer)).data.employees.pageInfo.endCursor,
  readJoins: (answer) =>
    fullJoinShape.parse(JSON.parse(answer)).data.employees.nodes.map((it) => ({
      luccaId: it.identities.find(({ upstream }) => upstream === 'LUCCA')?.upstreamId ?? '',
      grade: it.grade?.externalKey ?? null,
      position: it.position?.externalKey ?? null,
      qualification: it.jobQualification?.title ?? null,
      profession: it.jobQualification?.profession?.title ?? null,
      assignments: it.jobRoleAssignments?.nodes.length ?? 0,
      identities: it.identities.map(({ upstream, upstreamId }) => `${upstream} ${upstreamId}`).sort(),
    })),
};
