import DataLoader from 'dataloader';
import type {
  Assignment,
  AssignmentRow,
  Employee,
  Item,
  JobPosition,
  JobQualification,
  List,
  Member,
  Page,
  People,
  Person,
  Profession,
} from './rows.ts';
import { ctrlHub, env, lucca, naver, orNull } from './upstreams.ts';

export type Loaders = ReturnType<typeof createLoaders>;

const single = <Row>(ask: (key: string) => Promise<Row>) =>
  new DataLoader<string, Row | null>((keys) => Promise.all(keys.map((key) => orNull(ask(key)))));

/**
 * One set for each operation, and nothing kept beyond it: batches where an API offers them, single reads side by side
 * where it does not, and the two lists that have no filter read once.
 */
export function createLoaders() {
  const people = once(readPeople);
  const members = once(readMembers);
  return {
    employeeByEmail: new DataLoader<string, Employee | null>(async (emails) => {
      const { items } = await lucca<List<Employee>>(`employees?limit=100&email=${list(emails)}`);
      return emails.map((email) => items.find((it) => it.email === email) ?? null);
    }),
    jobPosition: new DataLoader<string, JobPosition | null>(async (ids) => {
      const { items } = await lucca<List<JobPosition>>(`job-positions?limit=100&id=${list(ids)}`);
      const byId = new Map(items.map((it) => [it.id, it]));
      return ids.map((id) => byId.get(id) ?? null);
    }),
    jobQualification: single((id) => lucca<JobQualification>(`job-qualifications/${id}`)),
    profession: single((id) => lucca<Profession>(`professions/${id}`)),
    grade: single((key) => naver<Item>(`grade/${key}`)),
    position: single((key) => naver<Item>(`job/${key}`)),
    assignments: new DataLoader<string, Assignment[]>(readAssignments),
    person: async (email: string) => (await people()).get(email.trim().toLowerCase()) ?? null,
    member: async (email: string) => (await members()).get(email.trim().toLowerCase()) ?? null,
  };
}

function once<T>(read: () => Promise<T>): () => Promise<T> {
  let reading: Promise<T> | undefined;
  return () => {
    reading ??= read();
    return reading;
  };
}

async function readPeople(): Promise<Map<string, Person | null>> {
  const first = await naver<People>('employee?offset=0&limit=100');
  const offsets = Array.from({ length: Math.ceil(first.totalCount / 100) - 1 }, (_, index) => (index + 1) * 100);
  const rest = await Promise.all(offsets.map((offset) => naver<People>(`employee?offset=${offset}&limit=100`)));
  return byEmail([first, ...rest].flatMap((it) => it.elements).map((it) => [it.emailAddress, it]));
}

async function readMembers(): Promise<Map<string, Member | null>> {
  const members = await allPages<Member>(`orgs/${env('CTRL_HUB_ORGANISATION_ID')}/iam/members?limit=100`);
  return byEmail(members.data.map((it) => [it.attributes.email, it]));
}

/** Two people with one address are not told apart: neither is taken. */
function byEmail<Row>(rows: [string | null, Row][]): Map<string, Row | null> {
  const found = new Map<string, Row | null>();
  for (const [address, row] of rows) {
    const key = address?.trim().toLowerCase();
    if (key !== undefined) found.set(key, found.has(key) ? null : row);
  }
  return found;
}

async function readAssignments(userIds: readonly string[]): Promise<Assignment[][]> {
  const filter = encodeURIComponent(`user(${userIds.map((id) => `'${id}'`).join()})`);
  const { data, included = [] } = await allPages<AssignmentRow>(
    `job-role-assignments?limit=100&include=role,organisation&filter=${filter}`,
  );
  const roles = new Map(included.flatMap((it) => (it.type === 'job-roles' ? [[it.id, it]] : [])));
  const organisations = new Map(included.flatMap((it) => (it.type === 'organisations' ? [[it.id, it]] : [])));
  const byUser = Map.groupBy(data, (row) => row.relationships.user.data.id);
  return userIds.map((id) =>
    (byUser.get(id) ?? []).map((row) => {
      const role = roles.get(row.relationships.role.data.id);
      return { row, role, organisation: organisations.get(role?.relationships.organisation.data?.id ?? '') };
    }),
  );
}

async function allPages<Row>(path: string): Promise<Pick<Page<Row>, 'data' | 'included'>> {
  const pages: Page<Row>[] = [];
  for (let offset: number | null = 0; offset !== null; ) {
    const page: Page<Row> = await ctrlHub<Page<Row>>(`${path}&offset=${offset}`);
    pages.push(page);
    offset = page.meta.pagination.offsets.next;
  }
  return { data: pages.flatMap((it) => it.data), included: pages.flatMap((it) => it.included ?? []) };
}

const list = (values: readonly string[]): string => values.map(encodeURIComponent).join(',');
