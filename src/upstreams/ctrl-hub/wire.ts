import { z } from 'zod';
import { keyAt, type RowReader } from '../../http/rows.ts';
import { count, key, object, textOrNumber } from '../../http/wire-values.ts';

// The part of Ctrl Hub's JSON:API documents that we read. Only ids are required.

const id = key.transform((text) => text.toLowerCase());
const text = z.string().nullish();
const texts = z.array(z.unknown()).transform((entries) => entries.filter((entry) => typeof entry === 'string'));

export const resourceIdentifier = z.object({ type: z.string(), id });

/** A to-one relationship; without `data` its target is unknown. A list of one is accepted (JSON:API, linkage). */
const relationshipTo = (type: string) => {
  const identifier = z.object({
    type: z
      .string()
      .nullish()
      .transform((name) => name ?? type),
    id,
  });
  const one = (data: unknown) => (Array.isArray(data) && data.length < 2 ? (data[0] ?? null) : data);
  return object({ data: z.preprocess(one, identifier.nullish()) }).nullish();
};

const pagination = z.object({
  counts: z.object({ resources: count }).nullish().catch(null),
  /** Row offsets; null at the first and last page. */
  offsets: z.object({ next: count }).nullish().catch(null),
});

const listMeta = z
  .object({ pagination: pagination.nullish().catch(null) })
  .nullish()
  .catch(null);

/** An assignment has no attributes; its kind is meta.type (Ctrl Hub docs: Retrieve job role assignments). */
const assignment = z.object({
  id,
  meta: object({ created_at: text, type: textOrNumber.nullish() }).nullish(),
  /** `role` links to job-roles. The type `roles` is something else (permissions). */
  relationships: object({ user: relationshipTo('users'), role: relationshipTo('job-roles') }).nullish(),
});

/**
 * A job role as included with assignments. Its newer form (Ctrl Hub docs: Create a new job role) has no `job_role_type`
 * and no `qualifications`.
 */
const jobRole = z.object({
  id,
  attributes: object({
    name: text,
    description: text,
    job_role_type: text,
    qualifications: object({ required: texts.nullish(), optional: texts.nullish() }).nullish(),
  }).nullish(),
  meta: object({
    created_at: text,
    updated_at: text,
    /** A role is deleted if this member is text; any other value counts as not deleted. */
    deleted_at: text.catch(null),
  }).nullish(),
  relationships: object({ organisation: relationshipTo('organisations') }).nullish(),
});

/** A member of an organisation, or a user included with an assignment (Ctrl Hub docs: members, whoami). */
const user = z.object({
  id,
  type: z.string().nullish(),
  attributes: object({
    email: text,
    profile: object({ personal: object({ first_name: text, last_name: text }).nullish() }).nullish(),
  }).nullish(),
});

/** Ctrl Hub docs: organisations. */
const organisation = z.object({ id, attributes: object({ name: text, slug: text }).nullish() });

/** A list document. Only entries of `included` that a linkage names are parsed: others can have any shape. */
export const listDocument = z.object({
  data: z.array(z.unknown()),
  /** A document with both data and errors is invalid (JSON:API, top level). */
  errors: z.array(z.unknown()).max(0).nullish(),
  meta: listMeta,
  included: z.array(z.unknown()).nullish().catch(null),
});

/** The response to a POST. It is not asked to include anything. */
export const resourceDocument = z.object({ data: z.unknown() });

const keyOf = keyAt('id', id);
const noId = { id: 'no id' };

export const assignmentReader: RowReader<WireAssignment> = {
  resource: 'job-role-assignments',
  schema: assignment,
  keyOf,
  essential: {
    ...noId,
    relationships: 'unreadable relationships',
    'relationships.user': 'unreadable user linkage',
    'relationships.role': 'unreadable role linkage',
  },
  uselessFor: ({ relationships }) => {
    if (relationships?.user?.data == null) return 'no user linkage';
    return relationships.role?.data == null ? 'no role linkage' : null;
  },
};

const isPerson = z.object({ type: z.literal('users').nullish() });

/** Service accounts are members too (Ctrl Hub docs: member stats); without a key here, no look-up finds them. */
export const memberReader: RowReader<WireUser> = {
  resource: 'members',
  schema: user,
  keyOf: (row) => (isPerson.safeParse(row).success ? keyOf(row) : null),
  essential: noId,
  uselessFor: (row) => {
    if (isPerson.safeParse(row).success) return null;
    return row.type === 'service-accounts' ? 'a service account' : 'no user';
  },
};

/** Reads included resources. Unreadable attributes or meta skip the resource; an unreadable linkage is left out. */
const includedReader = { keyOf, essential: { ...noId, attributes: 'unreadable', meta: 'unreadable' } };

export const userReader: RowReader<WireUser> = { ...includedReader, resource: 'included users', schema: user };
export const jobRoleReader: RowReader<WireJobRole> = {
  ...includedReader,
  resource: 'included job-roles',
  schema: jobRole,
};
export const organisationReader: RowReader<WireOrganisation> = {
  ...includedReader,
  resource: 'included organisations',
  schema: organisation,
};

const errorObject = z.object({ title: text, source: z.object({ parameter: text }).nullish() });

/** errors[], or one bare error object as in a sample (Ctrl Hub docs: useful information; people teams). */
export const errorBody = z.union([
  z.object({ errors: z.tuple([errorObject], z.unknown()) }).transform(({ errors }) => errors[0]),
  errorObject,
]);

export type ListDocument = z.infer<typeof listDocument>;
export type WireAssignment = z.infer<typeof assignment>;
export type WireJobRole = z.infer<typeof jobRole>;
export type WireUser = z.infer<typeof user>;
export type WireOrganisation = z.infer<typeof organisation>;
export type WirePagination = z.infer<typeof pagination>;
export type ResourceIdentifier = z.infer<typeof resourceIdentifier>;
