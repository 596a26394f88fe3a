import { parseNodeId } from '../../domain/node-id.ts';
import { parsePersonId } from '../../identity/person-id.ts';

type Args = Record<string, unknown>;

/** As many values as one request asks for, at least, whatever the upstream: the rows of a level are asked for together. */
const perValue = 1 / 50;

/** A page of ours may lie across two of theirs. */
const perPage = 2;

/** Of a write: the look before it, the write, and the look after it. */
const perWrite = 3;

/**
 * The reads that a field causes, once for all rows of its level, beside the whole lists of the operation's plan. Fields
 * that are not here take what their parent or a list brought.
 */
const reads: Record<string, ((args: Args) => number) | undefined> = {
  'Query.employee': ({ by }) => readsOfPerson(by),
  'Query.employees': ({ filter }) => perPage + readsOfFilter(filter),
  'Query.node': ({ id }) => readsOfIds([id]),
  'Query.jobRole': () => perValue,
  'Query.jobRoleAssignments': ({ filter }) => perPage + readsOfFilter(filter),
  'Query.jobQualification': () => perValue,
  'Query.profession': () => perValue,
  'Query.grade': () => perValue,
  'Query.position': () => perValue,
  'Query.unlinkedPeople': () => 1,
  'Query._entities': ({ representations }) => readsOfIds(keysIn(representations)),
  'Employee.jobRoleAssignments': () => 1,
  'JobRole.assignments': () => 1,
  'JobQualification.employees': () => 1,
};

export function readsOfField(coordinate: string, args: Args): number {
  if (coordinate.startsWith('Mutation.')) return perWrite;
  const ofField = reads[coordinate];
  if (ofField !== undefined) return ofField(args);
  return coordinate.startsWith('Query.') ? readsOfIds(batchIn(args)?.values) : 0;
}

/** The argument that lists what a field is to answer, of fields that answer a list in the order asked. */
export function batchIn(args: Args): { argument: string; values: readonly unknown[] } | null {
  for (const argument of ['ids', 'emails', 'keys', 'representations']) {
    const values = args[argument];
    if (Array.isArray(values)) return { argument, values };
  }
  return null;
}

function readsOfPerson(by: unknown): number {
  if (typeof by !== 'object' || by === null) return 0;
  if ('id' in by && by.id != null) return readsOfIds([by.id]);
  // A user who is no member is looked for alone.
  return 'ctrlHubId' in by && by.ctrlHubId != null ? 1 : perValue;
}

function readsOfFilter(filter: unknown): number {
  const lists = typeof filter === 'object' && filter !== null ? Object.values(filter) : [];
  return lists.reduce((sum, list) => sum + readsOfIds(list), 0);
}

/** What stands for each representation of an entity: its id, where it is given by one. */
function keysIn(representations: unknown): unknown {
  const idOf = (it: unknown) => (typeof it === 'object' && it !== null && 'id' in it ? it.id : null);
  return Array.isArray(representations) ? representations.map(idOf) : [];
}

function readsOfIds(ids: unknown): number {
  return Array.isArray(ids) ? ids.reduce((sum, id) => sum + (namesCtrlHubUser(id) ? 1 : perValue), 0) : 0;
}

function namesCtrlHubUser(id: unknown): boolean {
  const parsed = typeof id === 'string' ? parseNodeId(id) : null;
  return parsed?.type === 'Employee' && parsePersonId(parsed.key)?.kind === 'CTRL_HUB';
}
