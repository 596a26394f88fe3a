import type { JobRoleAssignment } from '../../domain/organisation.ts';
import type { AlreadyExists, Assignment, Done, Faulty, NotFound } from '../../domain/writes.ts';
import { UpstreamError } from '../../errors.ts';
import { writeCarefully } from '../../http/careful-write.ts';
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

/** An assignment with what came with it when it was read back; null where it could not be read back. */
type WrittenAssignment = { assignment: JobRoleAssignment; list: AssignmentList | null };

/** NOT_FOUND: Ctrl Hub knows no such user, or no such job role (any more); it does not say which. */
export type AssignmentCreation =
  | Done<WrittenAssignment>
  | (AlreadyExists<'role'> & { list: AssignmentList })
  | NotFound
  | Faulty<AssignmentMember>;

const path = '/v3/job-role-assignments';
const asked = { subject: 'the created assignment', notFound: 'it has no such user or no such job role' };

/** A refusal that tells the caller what to change. */
class Refused extends UpstreamError {
  readonly outcome: NotFound | Faulty<AssignmentMember>;

  constructor(failure: UpstreamError, outcome: NotFound | Faulty<AssignmentMember>) {
    super({ ...failure, message: failure.message });
    this.outcome = outcome;
  }
}

/**
 * POST /v3/job-role-assignments (Ctrl Hub docs: Create a new job role assignment). Ctrl Hub documents neither what it
 * makes of a second assignment of the same user, role and type, nor a way to send one twice safely: so we look before,
 * and after a lost reply, and within this process creations of one assignment wait for one another.
 */
export function createAssignmentWriter(
  session: Session,
  { readMatching }: AssignmentReader,
  dialect: FilterDialect,
): (assignment: Assignment) => Promise<AssignmentCreation> {
  const inTurn = createKeyedQueue();

  const find = (assignment: Assignment): Promise<AssignmentList> => readMatching(filterFor(assignment, dialect));

  async function post(assignment: Assignment): Promise<AssignmentCreation> {
    const answer = await session.post(path, JSON.stringify(toDocument(assignment)), readAnswer);
    if (answer instanceof UpstreamError) throw answer;
    return { ...answer, value: { assignment: answer.value, list: await readBack(assignment) } };
  }

  /** Null where it cannot be read: the write was accepted all the same. */
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
      return await writeCarefully<AssignmentCreation>(async (isReplyLost) => {
        const list = await find(assignment);
        const [found] = list.rows;
        if (found === undefined) {
          requireAllKnown(list);
          return { send: () => post(assignment) };
        }
        if (isReplyLost) return { result: { outcome: 'DONE', value: { assignment: found, list }, traceId: undefined } };
        return { result: { outcome: 'ALREADY_EXISTS', field: 'role', list } };
      });
    } catch (error) {
      if (error instanceof Refused) return error.outcome;
      throw error;
    }
  }

  return (assignment) => inTurn(JSON.stringify(toDocument(assignment)), () => create(assignment));
}

/** A row that could not be read may be the very assignment: no write is decided on it. */
function requireAllKnown({ skipped }: AssignmentList): void {
  const unknown = skipped.filter((it) => it.resource === assignmentReader.resource && isUnknownRow(it)).length;
  if (unknown === 0) return;
  throw invalidResponse(
    { upstream: 'CTRL_HUB', subject: asked.subject },
    `${unknown} assignments cannot be read, so that whether there is this one is unknown. Nothing was sent.`,
  );
}

/** The kind of an assignment is meta.type; attributes it has none. The role's type is job-roles, not roles. */
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

/** The status of a success is not documented: 201 by JSON:API, 200 on older pages. A refusal is an answer, too. */
function readAnswer(response: HttpResponse): Done<JobRoleAssignment> | UpstreamError {
  const { status, headers, text } = response;
  const traceId = traceIdOf(headers);
  if (status === 200 || status === 201) {
    const context: JsonContext = { upstream: 'CTRL_HUB', subject: asked.subject, traceId };
    const { data } = parseJson(text, resourceDocument, context);
    const [row] = readRows([data], assignmentReader).rows;
    const { user, role } = row?.relationships ?? {};
    if (row === undefined || user?.data == null || role?.data == null) {
      throw invalidResponse(context, 'The created assignment came without what it links to.');
    }
    return { outcome: 'DONE', value: toAssignment(row, user.data, role.data), traceId };
  }
  const failure = failureOf(response, asked);
  if (status === 404) return new Refused(failure, { outcome: 'NOT_FOUND' });
  const faults = status === 400 || status === 422 ? faultsIn(text) : [];
  if (faults.length > 0) return new Refused(failure, { outcome: 'FAULTY', faults });
  if (status === 400 || status === 409 || status === 422) return failure;
  throw failure;
}
