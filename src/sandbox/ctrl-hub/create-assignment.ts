import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { EmulatorRequest, Reply } from '../emulator.ts';
import { resourceReply } from './documents.ts';
import { parseJson } from './json-body.ts';
import type { CtrlHubKnobs } from './knobs.ts';
import { checkContentType } from './media-types.ts';
import { type ErrorObject, Problem } from './problems.ts';
import { checkParameters } from './query-parameters.ts';
import { assignmentResource } from './resources.ts';
import type { CtrlHubState } from './state.ts';

const linkageTo = (type: string) => z.strictObject({ data: z.strictObject({ type: z.literal(type), id: z.guid() }) });

const requestDocument = z.strictObject({
  data: z.strictObject({
    id: z.unknown().optional(),
    type: z.string(),
    /** An assignment has no attributes, but serializers start with an empty object. */
    attributes: z.record(z.string(), z.unknown()).optional(),
    links: z.unknown().optional(),
    meta: z.strictObject({ type: z.string().optional() }).optional(),
    relationships: z.strictObject({ user: linkageTo('users'), role: linkageTo('job-roles') }),
  }),
});

/**
 * POST /v3/job-role-assignments (Ctrl Hub docs: Create a new job role assignment). The statuses of refusals are JSON:API's,
 * assumed: 403 for an id that the client chose, 409 for another data.type and for a duplicate, 404 for an unknown user or
 * job role, and for a deleted job role. Nothing is included.
 */
export function createAssignment({ data, knobs, now }: CtrlHubState, request: EmulatorRequest): Reply {
  checkParameters(request.query, () => false);
  checkContentType(request.headers, knobs.strictMedia);
  const { id, type, meta, relationships, attributes = {} } = readDocument(request.body);
  refuseUnknownAttributes(attributes, knobs);
  if (id !== undefined) throw new Problem(403, { title: 'Forbidden', detail: 'Ids are given by the server.' });
  if (type !== 'job-role-assignments') {
    throw new Problem(409, { title: 'Conflict', detail: `This collection holds job-role-assignments, not ${type}.` });
  }
  const row = {
    id: randomUUID(),
    userId: relationships.user.data.id.toLowerCase(),
    roleId: relationships.role.data.id.toLowerCase(),
    type: meta?.type ?? null,
    createdAt: now().toISOString(),
  };
  if (!data.users.some((user) => user.id === row.userId)) throw notFound('user', row.userId);
  if (!data.jobRoles.some((role) => role.id === row.roleId && role.deletedAt === null))
    throw notFound('job role', row.roleId);
  const isDuplicate = data.assignments.some(
    (other) => other.userId === row.userId && other.roleId === row.roleId && other.type === row.type,
  );
  if (isDuplicate && knobs.duplicate === 409) {
    throw new Problem(409, { title: 'Conflict', detail: 'The user has this job role already.' });
  }
  data.assignments.push(row);
  const location = `http://${request.headers.host}/v3/job-role-assignments/${row.id}`;
  const headers = knobs.location ? { location } : {};
  if (knobs.postStatus === 202 || knobs.postStatus === 204) return { status: knobs.postStatus, headers };
  const { relationships: linked, ...bare } = assignmentResource(row);
  const shown = knobs.postReply === 'whole' && linked !== undefined ? { ...bare, relationships: linked } : bare;
  return resourceReply(shown, knobs, knobs.postStatus, headers);
}

function refuseUnknownAttributes(attributes: Record<string, unknown>, { unknownAttributes }: CtrlHubKnobs): void {
  const [name] = Object.keys(attributes);
  if (name === undefined || unknownAttributes === 'ignore') return;
  const field = `data.attributes.${name}`;
  throw new Problem(400, {
    title: 'Invalid request body',
    detail: `${field}: unknown`,
    meta: { field, type: 'unknown', value: attributes[name] ?? null },
  });
}

function readDocument(body: Buffer): z.infer<typeof requestDocument>['data'] {
  const sent = parseJson(body);
  if (sent === undefined) throw new Problem(400, { title: 'Invalid request body', detail: 'The body is not JSON.' });
  const result = requestDocument.safeParse(sent);
  if (result.success) return result.data.data;
  throw new Problem(
    400,
    result.error.issues.flatMap((issue) => errorsOf(issue, sent)),
  );
}

/** meta has the field, the violated rule and the value (Ctrl Hub docs: useful information, validation errors). */
function errorsOf(issue: z.core.$ZodIssue, sent: unknown): ErrorObject[] {
  const paths = issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
  return paths.map((path) => {
    const field = path.join('.');
    const value = valueAt(path, sent);
    const rule = value === undefined ? 'required' : (ruleOf[issue.code] ?? issue.code);
    return {
      title: 'Invalid request body',
      detail: rule === 'required' ? `${field.replace(/^data\./, '')} is required` : `${field}: ${issue.message}`,
      meta: { field, type: rule, value: value ?? null },
    };
  });
}

const ruleOf: Partial<Record<string, string>> = {
  invalid_type: 'type',
  invalid_format: 'uuid',
  invalid_value: 'eq',
  unrecognized_keys: 'unknown',
};

function valueAt(path: readonly PropertyKey[], document: unknown): unknown {
  const enter = (value: unknown, key: PropertyKey): unknown =>
    Object.entries(value ?? {}).find(([name]) => name === String(key))?.[1];
  return path.reduce(enter, document);
}

const notFound = (kind: string, id: string): Problem =>
  new Problem(404, { title: 'Not found', detail: `There is no ${kind} ${id}.` });
