import { everyRow, isMembers, type Members, oneRow, without } from '../odd-rows.ts';

/** Changes a list document of the emulator. */
type Variation = (document: Members) => Members;

const rowsOf = (rows: unknown): unknown[] => (Array.isArray(rows) ? rows : []);
const membersOf = (value: unknown): Members => (isMembers(value) ? value : {});

const inData =
  (change: (rows: unknown[]) => unknown): Variation =>
  (document) => ({ ...document, data: change(rowsOf(document.data)) });
const inOneRow = (change: (row: Members) => unknown) => inData((rows) => oneRow(rows, change));
const inOneAssignment = (change: (row: Members) => unknown) =>
  inOneRow((row) => (row.type === 'job-role-assignments' ? change(row) : row));
const inRelationships = (change: (relationships: Members) => unknown) =>
  inOneAssignment((row) => ({ ...row, relationships: change(membersOf(row.relationships)) }));
const dataOf = (relationship: unknown): unknown => membersOf(relationship).data;

const inPagination =
  (change: (pagination: Members) => unknown): Variation =>
  (document) => {
    const meta = membersOf(document.meta);
    return { ...document, meta: { ...meta, pagination: change(membersOf(meta.pagination)) } };
  };
const countsOf = (pagination: Members, change: (rows: number) => unknown) => ({
  ...pagination,
  counts: { ...membersOf(pagination.counts), resources: change(Number(membersOf(pagination.counts).resources)) },
});
const offsetsOf = (pagination: Members, change: (next: number) => unknown) => {
  const { next } = membersOf(pagination.offsets);
  return { ...pagination, offsets: { previous: null, next: typeof next === 'number' ? change(next) : next } };
};

const inIncluded =
  (change: (resources: unknown[]) => unknown): Variation =>
  (document) =>
    'included' in document ? { ...document, included: change(rowsOf(document.included)) } : document;
const ofType = (type: string, change: (resource: Members) => unknown) => (resources: unknown[]) =>
  everyRow(resources, (resource) => (resource.type === type ? change(resource) : resource));
const inProfile = (row: Members, profile: unknown) => ({
  ...row,
  attributes: { ...membersOf(row.attributes), profile },
});

/**
 * Forms of a list that JSON:API allows, or that were seen, and that differ from the plain reading of Ctrl Hub's documents. A
 * variation of rows changes one row of each page, unless its name says otherwise.
 */
export const ctrlHubVariations = {
  'a user linkage of null': inRelationships((links) => ({ ...links, user: { data: null } })),
  'a user linkage with links only': inRelationships((links) => ({
    ...links,
    user: { links: { related: '/v3/whoami' } },
  })),
  'a role linkage of null': inRelationships((links) => ({ ...links, role: { data: null } })),
  'a role linkage with meta only': inRelationships((links) => ({ ...links, role: { meta: {} } })),
  'no user in relationships': inRelationships((links) => without(links, 'user')),
  'relationships null': inRelationships(() => null),
  'no relationships': inOneAssignment((row) => without(row, 'relationships')),
  'a list of one linkage': inRelationships((links) => ({ ...links, user: { data: [dataOf(links.user)] } })),
  'a list of no linkage': inRelationships((links) => ({ ...links, user: { data: [] } })),
  'a list of two linkages': inRelationships((links) => ({
    ...links,
    user: { data: [dataOf(links.user), dataOf(links.user)] },
  })),
  'roles whose organisation is absent': inIncluded(ofType('job-roles', (role) => without(role, 'relationships'))),
  'roles whose organisation has links only': inIncluded(
    ofType('job-roles', (role) => ({ ...role, relationships: { organisation: { links: { related: '/v3/orgs' } } } })),
  ),
  'no meta on a row': inOneRow((row) => without(row, 'meta')),
  'meta null on a row': inOneRow((row) => ({ ...row, meta: null })),
  'a number as meta.type': inOneAssignment((row) => ({ ...row, meta: { ...membersOf(row.meta), type: 7 } })),
  'included absent': (document) => without(document, 'included'),
  'included null': (document) => ({ ...document, included: null }),
  'included users without attributes': inIncluded(ofType('users', ({ id, type }) => ({ id, type }))),
  'included resources twice': inIncluded((resources) => [
    ...everyRow(resources, ({ id, type }) => ({ id, type })),
    ...resources,
    ...everyRow(resources, ({ id, type }) => ({ id, type })),
  ]),
  'included ids in upper case': inIncluded((resources) =>
    everyRow(resources, (resource) => ({ ...resource, id: String(resource.id).toUpperCase() })),
  ),
  'included organisations that nothing links to': inIncluded((resources) => [
    ...resources,
    { type: 'organisations', id: '0a0a0a0a-7a11-4c3d-9b2e-ffffffffffff', attributes: { name: 'Elsewhere' } },
  ]),
  'an included user with an odd profile': inIncluded((resources) => {
    const odd = resources.find((resource) => membersOf(resource).type === 'users');
    return everyRow(resources, (resource) => (resource === odd ? inProfile(resource, { personal: 'odd' }) : resource));
  }),
  '[] for an object': inIncluded((resources) => [
    ...ofType('users', (user) => inProfile(user, { ...membersOf(membersOf(user.attributes).profile), work: [] }))(
      resources,
    ),
    { type: 'job-roles', id: '2c2c2c2c-7a11-4c3d-9b2e-ffffffffffff', attributes: { qualifications: [] } },
  ]),
  'a row that is null': inOneRow(() => null),
  'a row without id': inOneRow((row) => without(row, 'id')),
  'no row that is an object': inData((rows) => rows.map(() => 'odd')),
  'an id as a number': inOneAssignment((row) => ({ ...row, id: Number.parseInt(`${row.id}`.slice(-8), 16) })),
  'data null': (document) => ({ ...document, data: null }),
  'data as one object': inData((rows) => rows[0] ?? {}),
  'errors beside data': (document) => ({ ...document, errors: [{ title: 'Not all of it', status: '500' }] }),
  'errors instead of data': (document) => ({ ...without(document, 'data'), errors: [{ title: 'Not now' }] }),
  'no meta': (document) => without(document, 'meta'),
  'pagination null': inPagination(() => null),
  'counts and offsets null': inPagination((pagination) => ({ ...pagination, counts: null, offsets: null })),
  'counts and offsets as text': inPagination((pagination) => offsetsOf(countsOf(pagination, String), String)),
  'counts and offsets no numbers': inPagination((pagination) => ({
    ...pagination,
    counts: { resources: 'many' },
    offsets: 'later',
  })),
  'counts of more than there is': inPagination((pagination) => countsOf(pagination, (rows) => rows + 50)),
  'counts of the page alone': (document) =>
    inPagination((pagination) => ({ ...countsOf(pagination, () => rowsOf(document.data).length), offsets: null }))(
      document,
    ),
  'next as a page number': inPagination((pagination) => ({
    ...offsetsOf(pagination, () => Number(pagination.current_page) + 1),
    counts: null,
  })),
  'next that does not grow': inPagination((pagination) => offsetsOf(pagination, () => 0)),
  'pages that repeat the first': inPagination((pagination) => pagination),
  'links on another host': (document) => ({ ...document, links: { next: 'https://inner.example:8443/v3/?offset=9' } }),
  'service accounts among members': (document) => document,
} satisfies Record<string, Variation>;

export type CtrlHubVariation = keyof typeof ctrlHubVariations;
