import { z } from 'zod';
import type { Peer } from './peer.ts';

const body = (query: string, variables: object = {}): string => JSON.stringify({ query, variables });

const person = /* GraphQL */ `
  id givenName familyName status
  naver { externalKey empId employYmd }
  ctrlHub { id }
  jobQualification { title rank its { title } }
`;
const fullJoin = /* GraphQL */ `
  ${person} email employeeNumber
  jobPosition { jobTitle }
  grade { externalKey name sortOrder }
  position { externalKey name }
  jobRoleAssignments { type createdAt role { name requiredQualifications } }
`;
const next = 'links { next { href } }';
const sorted = 'sort: "familyName", include: "links"';

const text = z.string().nullable();
const key = z.object({ externalKey: text }).nullable();
const employeeShape = z.object({
  id: z.string(),
  naver: z.object({ externalKey: text, empId: text }).nullable(),
  ctrlHub: z.object({ id: z.string() }).nullable(),
  grade: key,
  position: key,
  jobQualification: z.object({ title: text, its: z.object({ title: text }).nullable() }).nullable(),
  jobRoleAssignments: z.array(z.unknown()).nullable(),
});
const employeesOf = <Shape extends z.ZodType>(shape: Shape) => z.object({ data: z.object({ luccaEmployees: shape }) });
const cursorShape = employeesOf(
  z.object({ links: z.object({ next: z.object({ href: z.string() }).nullable() }).nullable() }),
);

/** The closest to the canonical operations in the schema that Mesh composes of the three APIs. */
export const meshQuestions: Pick<Peer, 'questions' | 'readCursor' | 'readJoins'> = {
  questions: {
    q01: body(`query DirectoryPage {
      luccaEmployees(${sorted}, limit: 25) { items { id givenName familyName email status } ${next} }
    }`),
    q02: body(`query FullJoin { luccaEmployees(${sorted}, limit: 100) { items { ${fullJoin} } ${next} } }`),
    q03: (email) =>
      body(
        `query Person($email: String) { luccaEmployees(email: $email) { items {
          ${person}
          grade { name } position { name }
          jobRoleAssignments {
            type role { name description requiredQualifications optionalQualifications organisation }
          }
        } } }`,
        { email },
      ),
    page: (first, after) =>
      body(
        `query FullJoin($first: Int, $after: String) {
          luccaEmployees(${sorted}, limit: $first, page: $after) { items { ${fullJoin} } ${next} }
        }`,
        { first, after },
      ),
    cursor: (first) => body(`query ($first: Int) { luccaEmployees(${sorted}, limit: $first) { ${next} } }`, { first }),
  },
  readCursor: (answer) => {
    const href = cursorShape.parse(JSON.parse(answer)).data.luccaEmployees.links?.next?.href;
    return href === undefined ? null : new URL(href).searchParams.get('page');
  },
  readJoins: (answer) =>
    employeesOf(z.object({ items: z.array(employeeShape) }))
      .parse(JSON.parse(answer))
      .data.luccaEmployees.items.map((it) => ({
        luccaId: it.id,
        grade: it.grade?.externalKey ?? null,
        position: it.position?.externalKey ?? null,
        qualification: it.jobQualification?.title ?? null,
        profession: it.jobQualification?.its?.title ?? null,
        assignments: it.jobRoleAssignments?.length ?? 0,
        identities: [
          `LUCCA ${it.id}`,
          ...(it.naver === null ? [] : [`NAVER ${it.naver.externalKey ?? it.naver.empId}`]),
          ...(it.ctrlHub === null ? [] : [`CTRL_HUB ${it.ctrlHub.id}`]),
        ].sort(),
      })),
};
