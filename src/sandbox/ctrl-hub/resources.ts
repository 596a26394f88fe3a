import { createHash } from 'node:crypto';
import type { CtrlHubData, CtrlHubJobRoleRow } from '../company/data.ts';
import type { CtrlHubKnobs } from './knobs.ts';

export type Identifier = { id: string; type: string };

type Relationship = { data: Identifier | Identifier[] | null };

export type ResourceObject = Identifier & {
  attributes?: Record<string, unknown>;
  meta?: Record<string, unknown>;
  relationships?: Record<string, Relationship>;
};

type AssignmentRow = CtrlHubData['assignments'][number];
type UserRow = CtrlHubData['users'][number];
type OrganisationRow = CtrlHubData['organisations'][number];

const organisationsSince = '2023-03-01T08:00:00Z';

/** No attributes: the kind of assignment is meta.type (Ctrl Hub docs: Retrieve job role assignments). */
export const assignmentResource = ({ id, userId, roleId, type, createdAt }: AssignmentRow): ResourceObject => ({
  id,
  type: 'job-role-assignments',
  meta: { created_at: createdAt, ...(type === null ? {} : { type }) },
  relationships: {
    user: { data: { id: userId, type: 'users' } },
    // The relationship is called role, but the resource type is job-roles: "roles" are permissions.
    role: { data: { id: roleId, type: 'job-roles' } },
  },
});

/**
 * A job role as in the list of assignments (Ctrl Hub docs: Retrieve job role assignments), or in the newer form of Ctrl Hub
 * docs: Create a new job role, where two specifications replace the qualification lists.
 */
export function jobRoleResource(row: CtrlHubJobRoleRow, knobs: CtrlHubKnobs): ResourceObject {
  const { id, name, description, organisationId, createdAt, updatedAt, deletedAt } = row;
  const hasDeletedAt = deletedAt !== null || knobs.deletedAt === 'null';
  const organisation = { data: organisationId === null ? null : organisationIdentifier(organisationId) };
  return {
    id,
    type: 'job-roles',
    attributes: knobs.newerJobRoleShape
      ? { name, description, shared: organisationId === null }
      : {
          name,
          description,
          job_role_type: row.jobRoleType,
          qualifications: { required: row.required, optional: row.optional },
        },
    meta: { created_at: createdAt, updated_at: updatedAt, ...(hasDeletedAt ? { deleted_at: deletedAt } : {}) },
    relationships: knobs.newerJobRoleShape
      ? {
          organisation,
          competency_requirement_specification: { data: null },
          optional_competency_requirement_specification: { data: null },
        }
      : { organisation },
  };
}

/** A user. Unset texts are '', even dates (Ctrl Hub docs: members of an organisation, whoami). */
export const userResource = (row: UserRow): ResourceObject => ({
  ...userAttributes(row),
  meta: { grants: [] },
  relationships: {
    organisations: { data: row.organisationIds.map(organisationIdentifier) },
    teams: { data: [] },
  },
});

/** A user without meta and relationships, as in some compound documents. */
export const userAttributes = ({ id, email, firstName, lastName }: UserRow): ResourceObject => ({
  id,
  type: 'users',
  attributes: {
    email,
    status: 'active',
    identities: [{ id: kratosIdentityOf(id), platform: 'kratos', meta: {} }],
    profile: {
      personal: { first_name: firstName, last_name: lastName, dob: '' },
      work: { occupation: '', cscs: '', eusr: '', start_date: '' },
      contact: { mobile: '', landline: '' },
      settings: { preferred_language: 'en-GB', timezone: 'Europe/London' },
      address: {
        number: '',
        street: '',
        area: '',
        town: '',
        county: '',
        postcode: '',
        country_code: '',
        what3words: '',
      },
    },
  },
});

/** Ctrl Hub docs: organisations. */
export const organisationResource = (row: OrganisationRow, users: readonly UserRow[]): ResourceObject => ({
  id: row.id,
  type: 'organisations',
  attributes: { name: row.name, slug: row.slug, description: row.description, sandbox: true, settings: {} },
  meta: { status: 'active', created_at: organisationsSince, updated_at: organisationsSince, v3: true, features: [] },
  relationships: {
    users: {
      data: users.filter((user) => user.organisationIds.includes(row.id)).map(({ id }) => ({ id, type: 'users' })),
    },
    service_accounts: { data: [] },
    groups: { data: [] },
    teams: { data: [] },
  },
});

const organisationIdentifier = (id: string): Identifier => ({ id, type: 'organisations' });

/** The sign-in identity of a user: another uuid, the same in every reply. */
function kratosIdentityOf(userId: string): string {
  const digest = createHash('sha256').update(`kratos:${userId}`).digest('hex');
  return digest.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-4$3-8$4-$5');
}
