import type { Reply } from '../../src/sandbox/emulator.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { type Case, describeCases } from './doctor-fixture.ts';

const ctrlHub = (knobs: Partial<Sandbox['ctrlHub']['knobs']>) => (it: Sandbox) =>
  Object.assign(it.ctrlHub.knobs, knobs);

const ofCtrlHub: Case[] = [
  {
    name: 'Ctrl Hub takes the other notation of filters',
    prepare: ctrlHub({ dialects: ['operator'] }),
    finds: { 'CTRL_HUB filter-dialect': 'trouble' },
    says: /Filters are refused with CTRL_HUB_FILTER_DIALECT=named, and understood with the other dialect/,
    advises: /Set CTRL_HUB_FILTER_DIALECT=operator\./,
  },
  {
    name: 'the notation of filters is set wrongly, and nothing is written',
    env: { CTRL_HUB_FILTER_DIALECT: 'operator', READ_ONLY: 'on' },
    prepare: ctrlHub({ dialects: ['named'] }),
    finds: { 'CTRL_HUB filter-dialect': 'note' },
    says: /refused with CTRL_HUB_FILTER_DIALECT=operator/,
    advises: /Set CTRL_HUB_FILTER_DIALECT=named\./,
  },
  {
    name: 'Ctrl Hub takes neither notation of filters',
    prepare: ctrlHub({ dialects: ['bracket'] }),
    finds: { 'CTRL_HUB filter-dialect': 'trouble' },
    says: /refused with .*=named, and refused with the other dialect/,
    advises: /READ_ONLY=on/,
  },
  {
    name: 'Ctrl Hub ignores filters',
    prepare: ctrlHub({ ignoreFilter: true }),
    finds: { 'CTRL_HUB filter-dialect': 'note' },
    says: /Filters are ignored/,
    advises: /reads all assignments/,
  },
  {
    name: 'Ctrl Hub gives fewer rows at once than are asked for',
    prepare: ctrlHub({ maxLimit: 25 }),
    finds: { 'CTRL_HUB page-cap': 'note' },
    says: /100 rows were requested, 25 were received/,
    advises: /CTRL_HUB_PAGE_SIZE=25\./,
  },
  {
    name: 'members of Ctrl Hub are of a type that nobody knows',
    prepare: ({ ctrlHub }) => ctrlHub.inject(oddMembers),
    finds: { 'CTRL_HUB member-types': 'note', 'CTRL_HUB list-members': 'note', 'CTRL_HUB totals': 'note' },
    says: /Among 2 members are robots: 1 users, 1 robots/,
    advises: /Only users are people/,
  },
  {
    name: 'members of Ctrl Hub come without totals',
    prepare: ctrlHub({ membersPagination: false }),
    finds: { 'CTRL_HUB totals': 'note' },
    says: /Not every list has a total/,
    advises: /until an empty page/,
  },
  {
    name: 'counts of Ctrl Hub are too high',
    prepare: ctrlHub({ variation: 'counts of more than there is' }),
    finds: { 'CTRL_HUB paging': 'trouble' },
    says: /members: the total is \d+, but the last page is empty/,
    advises: /cannot be read whole/,
  },
  {
    name: 'Ctrl Hub tells the next page by its number',
    prepare: ctrlHub({ variation: 'next as a page number' }),
    finds: { 'CTRL_HUB totals': 'note' },
    says: /the next offset is 2 after 100 rows/,
    advises: /continues after the received rows/,
  },
  {
    name: 'job roles of Ctrl Hub have their newer form',
    prepare: ctrlHub({ newerJobRoleShape: true }),
    finds: { 'CTRL_HUB included': 'note' },
    says: /newer form, without qualifications/,
    advises: /requiredQualifications/,
  },
  {
    name: 'job roles of Ctrl Hub are hidden',
    prepare: ctrlHub({ omitIncluded: (type) => type === 'job-roles' }),
    finds: { 'CTRL_HUB included': 'note' },
    says: /0 of \d+ job roles/,
    advises: /Let the session's user/,
  },
  {
    name: 'organisations of Ctrl Hub are hidden',
    prepare: ctrlHub({ omitIncluded: (type) => type === 'organisations' }),
    finds: { 'CTRL_HUB included': 'note' },
    says: /include 0 of \d organisations?\.$/,
    advises: /Let the session's user/,
  },
  {
    name: 'an assignment of Ctrl Hub links to nobody',
    prepare: ctrlHub({ variation: 'a user linkage of null' }),
    finds: { 'CTRL_HUB list-assignments': 'note' },
    says: /not all can be used: no user linkage ×1/,
    advises: /Correct them at the vendor/,
  },
  {
    name: 'identifiers of Ctrl Hub are numbers',
    prepare: ctrlHub({ variation: 'an id as a number' }),
    finds: { 'CTRL_HUB identifiers': 'note' },
    says: /string\(36, uuid\) ×99, number\(integer\) ×1/,
    advises: /read as text/,
  },
];

const oddMembers = {
  times: 9_999,
  matches: ({ path }: { path: string }) => path.endsWith('/members'),
  reply: {
    status: 200,
    body: {
      data: ['users', 'robots'].map((type, index) => ({ id: `0a0a0a0a-0000-4000-8000-00000000000${index}`, type })),
      meta: {},
    },
  } satisfies Reply,
};

describeCases('the doctor of Ctrl Hub, when', ofCtrlHub);
