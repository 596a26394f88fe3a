import type { JobRoleAssignment } from '../../domain/organisation.ts';
import type { AlreadyExists, Assignment, Done, Faulty, NotFound } from '../../domain/writes.ts';
import { UpstreamError } from '../../errors.ts';
import { verifiedWrite } from '../../http/careful-write.ts';
import type { HttpResponse } from '../../http/client.ts';
import { invalidResponse, type JsonContext, parseJson } from '../../http/json.ts';
import { createKeyedQueue } from '../../http/keyed-queue.ts';
import { isUnknownRow, readRows } from '../../http/rows.ts';
import { filterFor } from './assignment-filter.ts';
import type { AssignmentList } from './assignment-list.ts';
import type { AssignmentReader } from './assignment-reader.ts';
import { failureOf, traceIdOf } from './failures.ts';
import { type AssignmentMember, faultsIn } from './faults.ts';
import type { FilterDialect } from './filter-dialect.ts';
import type { Session } from './session.ts';
import { toAssignment } from './to-domain.ts';
import { assignmentReader, resourceDocument } from './wire.ts';

/** An assignment, and the list that was read back with it; null if reading it back failed. */
type WrittenAssignment = { assignment: JobRoleAssignment; list: AssignmentList | null };

/** NOT_FOUND: the user or the job role does not exist (any more); Ctrl Hub does not say which of them. */
export type AssignmentCreation =
  | Done<WrittenAssignment>
  | (AlreadyExists<'role'> & { list: AssignmentList })
  | NotFound
  | Faulty<AssignmentMember>;

const path = '/v3/job-role-assignments';
const request = { subject: 'the created assignment', notFound: 'it has no such user or no such job role' };

/** A refusal that tells the caller what to change in the input. */
class Refused extends UpstreamError {
  readonly outcome: NotFound | Faulty<AssignmentMember>;

  constructor(failure: UpstreamError, outcome: NotFound | Faulty<AssignmentMember>) {
    super({ ...failure, message: failure.message });
    this.outcome = outcome;
  }
}

/**
 * POST /v3/job-role-assignments (Ctrl Hub docs: Create a new job role assignment). Ctrl Hub documents neither how it
 * treats a second assignment of the same user, role and type, nor an idempotency key. So we look for the assignment
 * before sending and after a lost response, and creations of one assignment run one after another within this process.
 */
export function createAssignmentWriter(
  session: Session,
  { readMatching }: AssignmentReader,
  dialect: FilterDialect,
): (assignment: Assignment) => Promise<AssignmentCreation> {
  const inTurn = createKeyedQueue();

  const find = (assignment: Assignment): Promise<AssignmentList> => readMatching(filterFor(assignment, dialect));

  async function post(assignment: Assignment): Promise<AssignmentCreation> {
    const created = await session.post(path, JSON.stringify(toDocument(assignment)), readResponse);
    if (created instanceof UpstreamError) throw created;
    return { ...created, value: { assignment: created.value, list: await readBack(assignment) } };
  }

  /** Null if it cannot be read; the write was accepted nevertheless. */
  async function readBack(assignment: Assignment): Promise<AssignmentList | null> {
    try {
      return await find(assignment);
    } catch (error) {
      if (error instanceof UpstreamError) return null;
      throw error;
    }
  }

  async function create(assignment: Assignment): Promise<AssignmentCreation> {
    try {
      return await verifiedWrite<AssignmentCreation>(async (isResponseLost) => {
        const list = await find(assignment);
        const [found] = list.rows;
        if (found === undefined) {
          requireAllKnown(list);
          return { send: () => post(assignment) };
        }
        if (isResponseLost)
          return { result: { outcome: 'DONE', value: { assignment: found, list }, traceId: undefined } };
        return { result: { outcome: 'ALREADY_EXISTS', field: 'role', list } };
      });
    } catch (error) {
      if (error instanceof Refused) return error.outcome;
      throw error;
    }
  }

  return (assignment) => inTurn(JSON.stringify(toDocument(assignment)), () => create(assignment));
}

/** Throws if some rows could not be read: one of them may be this assignment, so nothing is written. */
function requireAllKnown({ skipped }: AssignmentList): void {
  const unknown = skipped.filter((row) => row.resource === assignmentReader.resource && isUnknownRow(row)).length;
  if (unknown === 0) return;
  throw invalidResponse(
    { upstream: 'CTRL_HUB', subject: request.subject },
    `${unknown} assignments cannot be read, so it is unknown whether this one exists. Nothing was sent.`,
  );
}

/** An assignment has no attributes; its kind is meta.type. The resource type of the role is job-roles, not roles. */
const toDocument = ({ userId, roleId, type }: Assignment) => ({
  data: {
    type: 'job-role-assignments',
    ...(type !== null && { meta: { type } }),
    relationships: {
      user: { data: { type: 'users', id: userId } },
      role: { data: { type: 'job-roles', id: roleId } },
    },
  },
});

/**
 * Reads the response to the POST. The status of a success is not documented: 201 by JSON:API, 200 on older pages. A
 * refusal of the input is returned, not thrown, so that it does not count as a failure of the upstream.
 */
function readResponse(response: HttpResponse): Done<JobRoleAssignment> | UpstreamError {
  const { status, headers, text } = response;
  const traceId = traceIdOf(headers);
  if (status === 200 || status === 201) {
    const context: JsonContext = { upstream: 'CTRL_HUB', subject: request.subject, traceId };
    const { data } = parseJson(text, resourceDocument, context);
    const [row] = readRows([data], assignmentReader).rows;
    const { user, role } = row?.relationships ?? {};
    if (row === undefined || user?.data == null || role?.data == null) {
      throw invalidResponse(context, 'The created assignment came without its user or role.');
    }
    return { outcome: 'DONE', value: toAssignment(row, user.data, role.data), traceId };
  }
  const failure = failureOf(response, request);
  if (status === 404) return new Refused(failure, { outcome: 'NOT_FOUND' });
  const faults = status === 400 || status === 422 ? faultsIn(text) : [];
  if (faults.length > 0) return new Refused(failure, { outcome: 'FAULTY', faults });
  if (status === 400 || status === 409 || status === 422) return failure;
  throw failure;
}
