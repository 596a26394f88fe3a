import { z } from 'zod';

// What Ctrl Hub sends, as far as we read it: JSON:API documents. Ids and linkages are required; nothing else is.

const id = z.string().min(1).toLowerCase();
const text = z.string().nullish();
const count = z.number().int().nonnegative().nullish();

/** `role` links to job-roles; the type `roles` is another thing (permissions). */
export const resourceIdentifier = z.object({ type: z.string(), id });

const pagination = z.object({
  counts: z.object({ resources: count }).nullish(),
  /** Row offsets, null at the ends. */
  offsets: z.object({ next: count }).nullish(),
});

const listMeta = z.object({ pagination: pagination.nullish() }).nullish();

/** An assignment has no attributes: its kind is meta.type (Ctrl Hub docs: Retrieve job role assignments). */
const assignment = z.object({
  id,
  meta: z.object({ created_at: text, type: text }).nullish(),
  relationships: z.object({
    user: z.object({ data: resourceIdentifier }),
    role: z.object({ data: resourceIdentifier }),
  }),
});

export const assignmentList = z.object({
  data: z.array(assignment),
  meta: listMeta,
  /** Read entry by entry, where a linkage names it: entries of other types may look like anything. */
  included: z.array(z.unknown()).nullish(),
});

/** What a POST answers. What it may include is not asked for. */
export const assignmentDocument = z.object({ data: assignment });

/**
 * A job role as assignments embed it. In its newer form (Ctrl Hub docs: Create a new job role) `job_role_type` and
 * `qualifications` are gone.
 */
export const jobRole = z.object({
  id,
  attributes: z
    .object({
      name: text,
      description: text,
      job_role_type: text,
      qualifications: z
        .object({ required: z.array(z.string()).nullish(), optional: z.array(z.string()).nullish() })
        .nullish(),
    })
    .nullish(),
  meta: z
    .object({
      created_at: text,
      updated_at: text,
      /** A role is deleted if this is text, and not by anything else that may stand here. */
      deleted_at: text.catch(null),
    })
    .nullish(),
  relationships: z.object({ organisation: z.object({ data: resourceIdentifier.nullish() }).nullish() }).nullish(),
});

/** A member of an organisation, or a user included with an assignment (Ctrl Hub docs: members, whoami). */
export const user = z.object({
  id,
  attributes: z
    .object({
      email: text,
      profile: z.object({ personal: z.object({ first_name: text, last_name: text }).nullish() }).nullish(),
    })
    .nullish(),
});

export const memberList = z.object({ data: z.array(user), meta: listMeta });

/** Ctrl Hub docs: organisations. */
export const organisation = z.object({ id, attributes: z.object({ name: text, slug: text }).nullish() });

const errorObject = z.object({ title: text, source: z.object({ parameter: text }).nullish() });

/** errors[], or one bare error object as a sample shows it (Ctrl Hub docs: useful information; people teams). */
export const errorBody = z.union([
  z.object({ errors: z.tuple([errorObject], z.unknown()) }).transform(({ errors }) => errors[0]),
  errorObject,
]);

export type WireAssignment = z.infer<typeof assignment>;
export type WireAssignmentList = z.infer<typeof assignmentList>;
export type WireJobRole = z.infer<typeof jobRole>;
export type WireUser = z.infer<typeof user>;
export type WireOrganisation = z.infer<typeof organisation>;
export type WirePagination = z.infer<typeof pagination>;
export type ResourceIdentifier = z.infer<typeof resourceIdentifier>;
