import fc from 'fast-check';
import { email, instant, row, text, trimmedText, uuid } from './values.ts';

// Resources as JSON:API and Ctrl Hub's pages allow them: attributes, meta and relationships may be missing.

const links = fc.constantFrom({}, { self: '/v3/somewhere' });

/** Unset text is ''. */
const unset = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: '' as const, freq: 3 });
const moment = fc.option(instant, { nil: null, freq: 3 });

export const userResource = (id: string) =>
  row(
    {
      id: fc.constant(id),
      type: fc.constant('users'),
      attributes: row(
        {
          email: unset(email),
          status: fc.constant('active'),
          identities: fc.constantFrom(
            [],
            [{ id: '0b0b0b0b-0000-4000-8000-000000000001', platform: 'kratos', meta: {} }],
            [{ id: '0b0b0b0b-0000-4000-8000-000000000002', platform: 'multi_tenant', meta: null }],
          ),
          profile: row(
            {
              personal: row(
                {
                  first_name: unset(trimmedText()),
                  last_name: unset(trimmedText()),
                  dob: unset(fc.constant('1990-01-01')),
                },
                [],
              ),
              work: fc.constant({ occupation: '', cscs: '', eusr: '', start_date: '' }),
              address: fc.constant({ number: '', street: '', what3words: '' }),
            },
            [],
          ),
        },
        [],
      ),
      meta: fc.constantFrom({}, { grants: ['read'] }),
      relationships: fc.constantFrom({}, { organisations: { data: [] }, teams: { links: { related: '/v3/teams' } } }),
      links,
    },
    ['id', 'type'],
  );

/** In the shape in which assignments embed it, or in the newer one of POST /v3/job-roles. */
export const jobRoleResource = (id: string, organisationId: string) =>
  row(
    {
      id: fc.constant(id),
      type: fc.constant('job-roles'),
      attributes: fc.oneof(
        row(
          {
            name: trimmedText(),
            description: unset(trimmedText(120)),
            job_role_type: fc.constantFrom('internal', 'external'),
            qualifications: row(
              { required: fc.array(trimmedText(20), { maxLength: 3 }), optional: fc.constant([]) },
              [],
            ),
          },
          [],
        ),
        row({ name: trimmedText(), description: unset(trimmedText(120)), shared: fc.boolean() }, []),
      ),
      meta: row({ created_at: instant, updated_at: instant, deleted_at: moment }, []),
      relationships: row(
        {
          organisation: fc.constantFrom(
            { data: { id: organisationId, type: 'organisations' } },
            { data: null },
            { links: { related: '/v3/orgs' } },
          ),
          competency_requirement_specification: fc.constant({ data: null }),
        },
        [],
      ),
      links,
    },
    ['id', 'type'],
  );

export const organisationResource = (id: string) =>
  row(
    {
      id: fc.constant(id),
      type: fc.constant('organisations'),
      attributes: row({ name: trimmedText(), slug: trimmedText(), description: text(), settings: fc.constant({}) }, []),
    },
    ['id', 'type'],
  );

export const assignmentResource = (userIds: readonly string[], roleIds: readonly string[]) =>
  row(
    {
      id: uuid,
      type: fc.constant('job-role-assignments'),
      meta: row({ created_at: instant, type: fc.oneof(fc.constantFrom('main_layer', 'cover'), trimmedText()) }, []),
      relationships: row(
        {
          user: row(
            { data: fc.constantFrom(...userIds).map((id) => ({ id, type: 'users' })), links, meta: fc.constant({}) },
            ['data'],
          ),
          role: row(
            {
              data: fc.constantFrom(...roleIds).map((id) => ({ id, type: 'job-roles' })),
              links,
              meta: fc.constant({}),
            },
            ['data'],
          ),
        },
        ['user', 'role'],
      ),
      links,
    },
    ['id', 'type', 'relationships'],
  );

export type UserResource = ReturnType<typeof userResource> extends fc.Arbitrary<infer Row> ? Row : never;
export type JobRoleResource = ReturnType<typeof jobRoleResource> extends fc.Arbitrary<infer Row> ? Row : never;
export type OrganisationResource =
  ReturnType<typeof organisationResource> extends fc.Arbitrary<infer Row> ? Row : never;
export type AssignmentResource = ReturnType<typeof assignmentResource> extends fc.Arbitrary<infer Row> ? Row : never;

/** What a whole list on one page may tell of its place: all, or less. */
export const metaOf = (rows: number) =>
  fc.constantFrom<object | undefined>(
    undefined,
    {},
    { pagination: null },
    { pagination: { counts: { pages: 1, resources: rows }, current_page: 1, offsets: { next: null, previous: null } } },
    { pagination: { counts: { resources: rows }, offsets: null } },
    { pagination: { counts: null, offsets: { next: null } } },
  );
