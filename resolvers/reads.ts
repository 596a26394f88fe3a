import { type NodeType, parseNodeId } from '../src/domain/node-id.ts';
import { type ListName, peopleListNames } from '../src/loaders/list-names.ts';
import type { Asked } from '../src/loaders/plan.ts';

/** To tell who somebody is of whom only a later source may know: everybody has to be known. */
export const everybody: readonly ListName[] = peopleListNames;

/** Of each type that can be asked for by its id: what is read to find one. */
const readsOfNode: Record<NodeType, (key: string) => readonly ListName[]> = {
  Employee: readsOfPerson,
  JobQualification: () => ['jobQualifications'],
  Profession: () => ['professions'],
  JobRole: () => ['assignments'],
  JobRoleAssignment: () => ['assignments'],
  Organisation: () => ['assignments'],
  Grade: () => ['grades'],
  Position: () => ['positions'],
};

/** Who is asked for by an identifier of the lead directory is found there; by any other, whoever leads has to be known. */
function readsOfPerson(id: string): readonly ListName[] {
  if (id.startsWith('L:')) return ['employees'];
  return id.startsWith('C:') ? everybody : ['employees', 'people'];
}

export const readsOfNodes = (ids: readonly unknown[]): readonly ListName[] =>
  ids.flatMap((id) => {
    const parsed = typeof id === 'string' ? parseNodeId(id) : null;
    return parsed === null ? [] : readsOfNode[parsed.type](parsed.key);
  });

export const readsOfBy = ({ args }: Asked): readonly ListName[] => {
  const by = isObject(args.by) ? args.by : {};
  if (by.id != null) return readsOfNodes([by.id]);
  if (by.luccaId != null) return ['employees'];
  return by.naverExternalKey != null ? ['employees', 'people'] : everybody;
};

/** An address may be that of anybody; other keys are like ids. */
export const readsOfKeys = (type: NodeType, key: string, values: readonly unknown[]): readonly ListName[] => {
  if (key === 'id') return readsOfNodes(values);
  return type === 'Employee' ? everybody : readsOfNode[type]('');
};

export const readsOfRepresentations = ({ args }: Asked): readonly ListName[] => {
  const given = Array.isArray(args.representations) ? args.representations : [];
  return given.filter(isObject).flatMap((it) => {
    const type = nodeTypeOf(it.__typename);
    if (type === null) return [];
    return it.id != null ? readsOfNodes([it.id]) : readsOfKeys(type, 'other', []);
  });
};

const nodeTypeOf = (name: unknown): NodeType | null =>
  typeof name === 'string' && Object.hasOwn(readsOfNode, name) ? (name as NodeType) : null;

/** What the conditions and the order of `Query.employees` follow from. */
export const readsOfEmployees = ({ args, lead }: Asked): readonly ListName[] => {
  const filter = isObject(args.filter) ? args.filter : {};
  const order = String(args.orderBy ?? '');
  const isAsked = (...members: string[]) => members.some((member) => filter[member] != null);
  return [
    ...lead,
    ...(isAsked('gradeKeys', 'positionKeys', 'hiredFrom', 'hiredUntil') ? (['people'] as const) : []),
    ...(isAsked('jobRoleIds', 'assignmentType') ? (['members', 'assignments'] as const) : []),
    ...(isAsked('professionIds', 'minRank') ? (['jobQualifications'] as const) : []),
    ...(order.startsWith('HIRED_ON') ? (['people'] as const) : []),
    ...(order.startsWith('GRADE') ? (['people', 'grades'] as const) : []),
    ...(order.startsWith('POSITION') ? (['people', 'positions'] as const) : []),
  ];
};

export const readsOfAssignments = ({ args }: Asked): readonly ListName[] =>
  isObject(args.filter) && args.filter.employeeIds != null ? everybody : ['assignments'];

/** Whom Ctrl Hub takes a person for is known when everybody is. */
export const readsOfAssignmentInput = ({ args }: Asked): readonly ListName[] =>
  isObject(args.input) && args.input.employeeId != null ? everybody : [];

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
