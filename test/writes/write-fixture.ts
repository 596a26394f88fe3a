import { z } from 'zod';
import { toNodeId } from '../../src/domain/node-id.ts';
import type { NaverItemRow } from '../../src/sandbox/company/data.ts';
import type { EmulatorRequest, RecordedRequest } from '../../src/sandbox/emulator.ts';
import type { Answer, TestGraph } from '../helpers/graph.ts';

export type ItemType = 'Grade' | 'Position';
export const itemTypes: ItemType[] = ['Grade', 'Position'];

const errors = `
  ... on Error { message }
  ... on InvalidInputError { fields { path message } }
  ... on UpstreamRejectedError { upstream code }
  ... on UpstreamUnavailableError { upstream retryAfterSeconds }
`;
const item = 'id externalKey name names { locale text } sortOrder isActive version';
const noun = (type: ItemType) => (type === 'Grade' ? 'grade' : 'position');

export const createItem = (type: ItemType) => `mutation ($input: Create${type}Input!) {
  result: create${type}(input: $input) {
    __typename ${errors}
    ... on AlreadyExistsError { field }
    ... on Create${type}Success { item: ${noun(type)} { ${item} } }
  }
}`;

export const updateItem = (type: ItemType) => `mutation ($input: Update${type}Input!) {
  result: update${type}(input: $input) {
    __typename ${errors}
    ... on AlreadyExistsError { field }
    ... on VersionConflictError { currentVersion }
    ... on Update${type}Success { item: ${noun(type)} { ${item} } }
  }
}`;

export const deleteItem = (type: ItemType) => `mutation ($input: Delete${type}Input!) {
  result: delete${type}(input: $input) {
    __typename ${errors}
    ... on VersionConflictError { currentVersion }
    ... on InUseError { employeeCount }
    ... on Delete${type}Success { deletedId externalKey }
  }
}`;

export const createAssignment = `mutation ($input: CreateJobRoleAssignmentInput!) {
  result: createJobRoleAssignment(input: $input) {
    __typename ${errors}
    ... on AlreadyExistsError { field }
    ... on CreateJobRoleAssignmentSuccess {
      assignment { id ctrlHubId type createdAt employee { id displayName } role { ctrlHubId name } }
    }
  }
}`;

const itemShape = z.object({
  id: z.string(),
  externalKey: z.string(),
  name: z.string(),
  names: z.array(z.object({ locale: z.string(), text: z.string() })),
  sortOrder: z.number().nullable(),
  isActive: z.boolean(),
  version: z.string(),
});

const resultShape = z.object({
  __typename: z.string(),
  message: z.string().optional(),
  field: z.string().optional(),
  fields: z.array(z.object({ path: z.array(z.string()), message: z.string() })).optional(),
  upstream: z.string().optional(),
  code: z.string().nullish(),
  retryAfterSeconds: z.number().nullish(),
  currentVersion: z.string().optional(),
  employeeCount: z.number().optional(),
  deletedId: z.string().optional(),
  externalKey: z.string().optional(),
  item: itemShape.optional(),
  assignment: z
    .object({
      id: z.string(),
      ctrlHubId: z.string(),
      type: z.string().nullable(),
      createdAt: z.string().nullable(),
      employee: z.object({ id: z.string(), displayName: z.string() }).nullable(),
      role: z.object({ ctrlHubId: z.string(), name: z.string() }).nullable(),
    })
    .optional(),
});

export type Result = z.infer<typeof resultShape>;

/** The result of the only mutation of the document, which must not have met an error besides. */
export async function mutate(graph: Pick<TestGraph, 'query'>, document: string, input: object): Promise<Result> {
  return resultOf(await graph.query(document, { input }));
}

function resultOf({ data, errors }: Answer): Result {
  if (errors.length > 0) throw new Error(errors.map((it) => it.message).join('\n'));
  return z.object({ result: resultShape }).parse(data).result;
}

/** The emulated vendor's own rows, as it stores them. */
export const rowsOf = ({ company }: TestGraph, type: ItemType): NaverItemRow[] =>
  type === 'Grade' ? company.naver.grades : company.naver.jobs;

export const rowOf = (graph: TestGraph, type: ItemType, externalKey: string): NaverItemRow | undefined =>
  rowsOf(graph, type).find((it) => it.externalKey === externalKey);

/** The methods that NAVER was asked with, in order. */
export const naverMethods = (graph: TestGraph): string[] => graph.requests().NAVER.map((it) => it.method);

export const ctrlHubPosts = (graph: TestGraph): RecordedRequest[] =>
  graph.requests().CTRL_HUB.filter((it) => it.method === 'POST');

export const hasMethod =
  (method: string) =>
  (request: EmulatorRequest): boolean =>
    request.method === method;

/** A grade and a position that the sandbox has, with a translation, held by people; and ones that nobody holds. */
export const heldKey: Record<ItemType, string> = { Grade: 'G01', Position: 'J01' };
export const freeKey: Record<ItemType, string> = { Grade: 'G11', Position: 'J10' };

export const itemId = (type: ItemType, externalKey: string): string => toNodeId(type, externalKey);

const auditShape = z.object({
  msg: z.literal('write'),
  level: z.literal(30),
  audit: z.object({
    viewer: z.string(),
    action: z.string(),
    type: z.string(),
    key: z.string().nullable(),
    outcome: z.string(),
    upstreamTraceId: z.string().nullable(),
  }),
});

/** What the server has logged of writes, oldest first. */
export const auditOf = ({ log }: TestGraph): z.infer<typeof auditShape>['audit'][] =>
  log.flatMap((line) => auditShape.safeParse(JSON.parse(line)).data?.audit ?? []);
