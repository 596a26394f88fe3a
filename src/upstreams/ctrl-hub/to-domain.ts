import type { JobRole, JobRoleAssignment, Organisation } from '../../domain/organisation.ts';
import type { CtrlHubUser } from '../../domain/people.ts';
import { createSharing, type Sharing, toText } from '../../domain/text.ts';
import { toUtcDateTime } from '../../domain/time.ts';
import type { ResourceIdentifier, WireAssignment, WireJobRole, WireOrganisation, WireUser } from './wire.ts';

export const toAssignment = (
  { id, meta }: WireAssignment,
  user: ResourceIdentifier,
  role: ResourceIdentifier,
  shared: Sharing = createSharing(),
): JobRoleAssignment => ({
  ctrlHubId: id,
  type: shared(toText(meta?.type)),
  createdAt: toUtcDateTime(meta?.created_at),
  userId: shared(user.id),
  roleId: shared(role.id),
});

/** A role of which Ctrl Hub returns only the id gets the name ''. */
export const toJobRole = ({ id, attributes, meta, relationships }: WireJobRole): JobRole => ({
  ctrlHubId: id,
  name: toText(attributes?.name) ?? '',
  description: toText(attributes?.description),
  type: toText(attributes?.job_role_type),
  requiredQualifications: toTexts(attributes?.qualifications?.required),
  optionalQualifications: toTexts(attributes?.qualifications?.optional),
  organisationId: relationships?.organisation?.data?.id ?? null,
  createdAt: toUtcDateTime(meta?.created_at),
  updatedAt: toUtcDateTime(meta?.updated_at),
  // Any text means deleted: a date in an unknown format must not restore the role.
  deletedAt: toUtcDateTime(meta?.deleted_at) ?? toText(meta?.deleted_at),
});

export const toUser = ({ id, attributes }: WireUser, shared: Sharing = createSharing()): CtrlHubUser => ({
  ctrlHubId: id,
  email: toText(attributes?.email),
  firstName: shared(toText(attributes?.profile?.personal?.first_name)),
  lastName: shared(toText(attributes?.profile?.personal?.last_name)),
});

/** An organisation of which Ctrl Hub returns only the id gets the name ''. */
export const toOrganisation = ({ id, attributes }: WireOrganisation): Organisation => ({
  ctrlHubId: id,
  name: toText(attributes?.name) ?? '',
  slug: toText(attributes?.slug),
});

const toTexts = (entries: readonly string[] | null | undefined): string[] =>
  (entries ?? []).flatMap((entry) => toText(entry) ?? []);
