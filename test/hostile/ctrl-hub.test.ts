import { toNodeId } from '../../src/domain/node-id.ts';
import { createCompany } from '../../src/sandbox/company/company.ts';
import type { CtrlHubKnobs } from '../../src/sandbox/ctrl-hub/knobs.ts';
import type { CtrlHubVariation } from '../../src/sandbox/ctrl-hub/variations.ts';
import { type Cells, cells, type HostileCase } from './cells.ts';
import { describeVendor } from './suite.ts';

const [same, less, fails] = [cells('same'), cells('less'), cells('fails')];

/** An assignment whose row cannot be used: not listed, nobody's, and unknown to whoever asks for it. */
const unknownByKey = cells('less', 'fails', 'less');

const variations: Record<CtrlHubVariation, Cells> = {
  'a user linkage of null': unknownByKey,
  'a user linkage with links only': unknownByKey,
  'a role linkage of null': unknownByKey,
  'a role linkage with meta only': unknownByKey,
  'no user in relationships': unknownByKey,
  'relationships null': unknownByKey,
  'no relationships': unknownByKey,
  'a list of one linkage': same,
  'a list of no linkage': unknownByKey,
  'a list of two linkages': unknownByKey,
  'roles whose organisation is absent': cells('same', 'as it came'),
  'roles whose organisation has links only': cells('same', 'as it came'),
  'no meta on a row': cells('as it came'),
  'meta null on a row': cells('as it came'),
  'a number as meta.type': cells('as it came'),
  'included absent': cells('as it came'),
  'included null': cells('as it came'),
  'included users without attributes': cells('as it came', 'same', 'as it came'),
  'included resources twice': same,
  'included ids in upper case': same,
  'included organisations that nothing links to': same,
  'an included user with an odd profile': cells('same, told'),
  '[] for an object': same,
  'a row that is null': less,
  'a row without id': less,
  'no row that is an object': fails,
  'an id as a number': cells('as it came', 'as it came', 'same'),
  'data null': fails,
  'data as one object': fails,
  'errors beside data': fails,
  'errors instead of data': fails,
  'no meta': same,
  'pagination null': same,
  'counts and offsets null': same,
  'counts and offsets as text': same,
  'counts and offsets no numbers': same,
  'counts of more than there is': fails,
  'counts of the page alone': same,
  'next as a page number': same,
  'next that does not grow': same,
  'pages that repeat the first': fails,
  'links on another host': same,
  'service accounts among members': cells('same, told'),
};

const others: HostileCase<CtrlHubKnobs>[] = [
  { name: 'pages are smaller than asked', knobs: { maxLimit: 4 }, expected: same },
  { name: 'members come without pagination', knobs: { membersPagination: false }, expected: same },
  { name: 'included users have attributes only', knobs: { includedUsers: 'attributes-only' }, expected: same },
  { name: 'deleted_at is absent', knobs: { deletedAt: 'absent' }, expected: same },
  { name: 'features are nested otherwise', knobs: { features: 'params', jsonapiVersion: '1.1' }, expected: same },
  { name: 'bodies are labelled as text', knobs: { label: 'text/plain' }, expected: same },
  { name: 'bodies are labelled as JSON', knobs: { label: 'application/json' }, expected: same },
  { name: 'bodies begin with a byte order mark', knobs: { byteOrderMark: true }, expected: same },
];

const company = createCompany({ people: 40 });
const [, second] = company.ctrlHub.assignments.toSorted((a, b) => Date.parse(a.createdAt) - Date.parse(b.createdAt));

describeVendor('Ctrl Hub', {
  upstream: 'CTRL_HUB',
  company,
  knobsOf: ({ ctrlHub }) => ctrlHub.knobs,
  questions: {
    list: `{
      jobRoleAssignments(first: 100) { nodes { ctrlHubId type createdAt } }
      jobRoles(first: 100) { nodes { name description } }
      unlinkedPeople(first: 100) { nodes { id displayName email } }
    }`,
    item: `{
      node(id: "${toNodeId('JobRoleAssignment', `${second?.id}.${second?.userId}`)}") {
        ... on JobRoleAssignment { type createdAt role { name organisation { name } } employee { id displayName } }
      }
    }`,
    join: `{
      employees(first: 100) {
        nodes { id jobRoleAssignments { nodes { type role { name organisation { name } } } } }
      }
    }`,
  },
  cases: [
    ...Object.entries(variations).map(([name, expected]) => ({
      name,
      knobs: { variation: name as CtrlHubVariation },
      expected,
    })),
    ...others,
  ],
});
