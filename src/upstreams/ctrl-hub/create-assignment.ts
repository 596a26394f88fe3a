import type { JobRoleAssignment } from '../../domain/organisation.ts';
import type { AlreadyExists, Assignment, Done, Faulty, NotFound } from '../../domain/writes.ts';
import { UpstreamError } from '../../errors.ts';
import { writeCarefully } from '../../http/careful-write.ts';
import type { HttpResponse } from '../../http/client.ts';
import { parseJson } from '../../http/json.ts';
import { createKeyedQueue } from '../../http/keyed-queue.ts';
import type { AssignmentFilter, Question } from './assignment-filter.ts';
import type { AssignmentReader } from './assignment-reader.ts';
import { failureOf, traceIdOf } from './failures.ts';
import { type AssignmentMember, faultsIn } from './faults.ts';
import type { Session } from './session.ts';
import { toAssignment } from './to-domain.ts';
import { assignmentDocument } from './wire.ts';

/** NOT_FOUND: Ctrl Hub knows no such user, or no such job role (any more); it does not say which. */
export type AssignmentCreation = Done<JobRoleAssignment> | AlreadyExists<'role'> | NotFound | Faulty<AssignmentMember>;

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
  { readAll }: AssignmentReader,
  questionsFor: (filter: AssignmentFilter) => Question[],
): (assignment: Assignment) => Promise<AssignmentCreation> {
  const inTurn = createKeyedQueue();

  async function find({ userId, roleId, type }: Assignment): Promise<JobRoleAssignment | null> {
    const filter = { userIds: [userId], roleIds: [roleId], ...(type !== null && { type }) };
    const { rows } = await readAll(questionsFor(filter), []);
    return rows.find((it) => it.type === type) ?? null;
  }

  async function post(assignment: Assignment): Promise<AssignmentCreation> {
    const answer = await session.post(path, JSON.stringify(toDocument(assignment)), readAnswer);
    if (answer instanceof UpstreamError) throw answer;
    return answer;
  }

  async function create(assignment: Assignment): Promise<AssignmentCreation> {
    try {
      return await writeCarefully<AssignmentCreation>(async (isReplyLost) => {
        const found = await find(assignment);
        if (found === null) return { send: () => post(assignment) };
        if (isReplyLost) return { result: { outcome: 'DONE', value: found, traceId: undefined } };
        return { result: { outcome: 'ALREADY_EXISTS', field: 'role' } };
      });
    } catch (error) {
      if (error instanceof Refused) return error.outcome;
      throw error;
    }
  }

  return (assignment) => inTurn(JSON.stringify(toDocument(assignment)), () => create(assignment));
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
function readAnswer(response: HttpResponse): AssignmentCreation | UpstreamError {
  const { status, headers, text } = response;
  const traceId = traceIdOf(headers);
  if (status === 200 || status === 201) {
    const { data } = parseJson(text, assignmentDocument, { upstream: 'CTRL_HUB', subject: asked.subject, traceId });
    return { outcome: 'DONE', value: toAssignment(data), traceId };
  }
  const failure = failureOf(response, asked);
  if (status === 404) return new Refused(failure, { outcome: 'NOT_FOUND' });
  const faults = status === 400 || status === 422 ? faultsIn(text) : [];
  if (faults.length > 0) return new Refused(failure, { outcome: 'FAULTY', faults });
  if (status === 400 || status === 409 || status === 422) return failure;
  throw failure;
}
