type Args = Record<string, unknown>;

/** As many values as one request asks for, at least, whatever the upstream. */
const batchSize = 50;

/** The types of nodes. */
const nodeTypes = 8;

/** Of a write: the look before it, the write, and the look after it. */
const writeReads = 3;

/**
 * The reads that a field causes beside the whole lists of the operation's plan, once for all rows of its level. Fields
 * that are not here take what their parent or a list brought.
 */
const reads: Record<string, ((args: Args) => number) | undefined> = {
  'Query.employee': () => 2,
  'Query.employees': ({ filter }) => 2 + batchesOf(filter, 'emails', 'jobRoleIds'),
  'Query.unlinkedPeople': () => 1,
  'Query.node': () => 1,
  'Query.nodes': ({ ids }) => Math.min(lengthOf(ids), nodeTypes) + Math.floor(lengthOf(ids) / batchSize),
  'Query.jobRole': () => 1,
  'Query.jobRoleAssignments': ({ filter }) => 1 + batchesOf(filter, 'jobRoleIds', 'employeeIds'),
  'Employee.jobRoleAssignments': () => 1,
  'JobRole.assignments': () => 1,
  'JobQualification.employees': () => 1,
};

export function readsOfField(coordinate: string, args: Args): number {
  if (coordinate.startsWith('Mutation.')) return writeReads;
  return reads[coordinate]?.(args) ?? 0;
}

function batchesOf(filter: unknown, ...members: string[]): number {
  if (typeof filter !== 'object' || filter === null) return 0;
  const values = Object.entries(filter).filter(([member]) => members.includes(member));
  return values.reduce((sum, [, list]) => sum + Math.ceil(lengthOf(list) / batchSize), 0);
}

const lengthOf = (list: unknown): number => (Array.isArray(list) ? list.length : 0);
