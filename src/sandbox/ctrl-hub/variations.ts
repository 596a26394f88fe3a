import { everyRow, isMembers, type Members, oneRow, without } from '../odd-rows.ts';

/** A list document as the plain emulator answers it. */
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
  everyRow(resources, (it) => (it.type === type ? change(it) : it));
const inProfile = (row: Members, profile: unknown) => ({
  ...row,
  attributes: { ...membersOf(row.attributes), profile },
});

/**
 * What a list of Ctrl Hub's may look like by JSON:API, or has been seen to look like, besides the plain reading of its
 * documents. Those that differ per row touch one row of each page, unless their names say otherwise.
 */
export const ctrlHubVariations = {
  'a user linkage of null': inRelationships((it) => ({ ...it, user: { data: null } })),
  'a user linkage with links only': inRelationships((it) => ({ ...it, user: { links: { related: '/v3/whoami' } } })),
  'a role linkage of null': inRelationships((it) => ({ ...it, role: { data: null } })),
  'a role linkage with meta only': inRelationships((it) => ({ ...it, role: { meta: {} } })),
  'no user in relationships': inRelationships((it) => without(it, 'user')),
  'relationships null': inRelationships(() => null),
  'no relationships': inOneAssignment((row) => without(row, 'relationships')),
  'a list of one linkage': inRelationships((it) => ({ ...it, user: { data: [dataOf(it.user)] } })),
  'a list of no linkage': inRelationships((it) => ({ ...it, user: { data: [] } })),
  'a list of two linkages': inRelationships((it) => ({ ...it, user: { data: [dataOf(it.user), dataOf(it.user)] } })),
  'roles whose organisation is absent': inIncluded(ofType('job-roles', (it) => without(it, 'relationships'))),
  'roles whose organisation has links only': inIncluded(
    ofType('job-roles', (it) => ({ ...it, relationships: { organisation: { links: { related: '/v3/orgs' } } } })),
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
    everyRow(resources, (it) => ({ ...it, id: String(it.id).toUpperCase() })),
  ),
  'included organisations that nothing links to': inIncluded((resources) => [
    ...resources,
    { type: 'organisations', id: '0a0a0a0a-7a11-4c3d-9b2e-ffffffffffff', attributes: { name: 'Elsewhere' } },
  ]),
  'an included user with an odd profile': inIncluded((resources) => {
    const odd = resources.find((it) => membersOf(it).type === 'users');
    return everyRow(resources, (it) => (it === odd ? inProfile(it, { personal: 'odd' }) : it));
  }),
  '[] for an object': inIncluded((resources) => [
    ...ofType('users', (it) => inProfile(it, { ...membersOf(membersOf(it.attributes).profile), work: [] }))(resources),
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
  'counts and offsets null': inPagination((it) => ({ ...it, counts: null, offsets: null })),
  'counts and offsets as text': inPagination((it) => offsetsOf(countsOf(it, String), String)),
  'counts and offsets no numbers': inPagination((it) => ({ ...it, counts: { resources: 'many' }, offsets: 'later' })),
  'counts of more than there is': inPagination((it) => countsOf(it, (rows) => rows + 50)),
  'counts of the page alone': (document) =>
    inPagination((it) => ({ ...countsOf(it, () => rowsOf(document.data).length), offsets: null }))(document),
  'next as a page number': inPagination((it) => ({
    ...offsetsOf(it, () => Number(it.current_page) + 1),
    counts: null,
  })),
  'next that does not grow': inPagination((it) => offsetsOf(it, () => 0)),
  'pages that repeat the first': inPagination((it) => it),
  'links on another host': (document) => ({ ...document, links: { next: 'https://inner.example:8443/v3/?offset=9' } }),
  'service accounts among members': (document) => document,
} satisfies Record<string, Variation>;

export type CtrlHubVariation = keyof typeof ctrlHubVariations;
