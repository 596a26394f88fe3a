import type { EmulatorRequest, Reply } from '../../src/sandbox/emulator.ts';
import { sandboxLuccaClient } from '../../src/sandbox/lucca/lucca-emulator.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { type Case, describeCases } from './doctor-fixture.ts';

const lucca = (knobs: Partial<Sandbox['lucca']['knobs']>) => (it: Sandbox) => Object.assign(it.lucca.knobs, knobs);
const ctrlHub = (knobs: Partial<Sandbox['ctrlHub']['knobs']>) => (it: Sandbox) =>
  Object.assign(it.ctrlHub.knobs, knobs);
const naver = (knobs: Partial<Sandbox['naver']['knobs']>) => (it: Sandbox) => Object.assign(it.naver.knobs, knobs);

const ofNaver: Case[] = [
  {
    name: 'NAVER gives fewer rows at once than are asked for',
    prepare: naver({ limitCap: 40 }),
    finds: { 'NAVER page-cap': 'note' },
    says: /employee: 100 rows were asked for at once, 40 came, and there are more/,
    advises: /Set NAVER_PAGE_SIZE=40\./,
  },
  {
    name: 'NAVER ignores the limit',
    prepare: naver({ variation: 'limit and offset ignored' }),
    finds: { 'NAVER page-cap': 'note' },
    says: /employee: 100 rows were asked for at once, 1\d\d came: the limit is ignored/,
    advises: /Nothing to change/,
  },
  {
    name: 'NAVER takes the offset for a page number',
    prepare: naver({ variation: 'the offset as a page number' }),
    finds: { 'NAVER paging': 'trouble' },
    says: /employee: \d+ rows are told, and none came after the first 100/,
    advises: /cannot be read whole.*--json/,
  },
  {
    name: 'NAVER ignores the offset',
    prepare: naver({ variation: 'the offset ignored' }),
    finds: { 'NAVER paging': 'trouble' },
    says: /employee: the second page repeats the first/,
    advises: /cannot be read whole/,
  },
  {
    name: 'totals of NAVER count a page',
    prepare: naver({ variation: 'totalCount of the page alone' }),
    finds: { 'NAVER paging': 'note' },
    says: /a total of 100 counts one page alone/,
    advises: /one after the other/,
  },
  {
    name: 'totals of NAVER change from page to page',
    prepare: naver({ totalCountDrift: 3 }),
    finds: { 'NAVER paging': 'note' },
    says: /the total changes from page to page/,
    advises: /changing the list/,
  },
  {
    name: 'lists of NAVER have no total',
    prepare: naver({ variation: 'no totalCount' }),
    finds: { 'NAVER totals': 'note' },
    says: /Not every list tells how many rows it has/,
    advises: /until an empty page/,
  },
  {
    name: 'lists of NAVER are wrapped',
    prepare: naver({ variation: 'an envelope' }),
    finds: { 'NAVER totals': 'note' },
    says: /wrapped otherwise/,
    advises: /understood/,
  },
  {
    name: 'employees of NAVER hold two names of references',
    prepare: naver({ variation: 'references under both names' }),
    finds: { 'NAVER key-names': 'note', 'NAVER fields': 'note' },
    says: /gradeExternalKey and gradeCdExternalKey, and these differ/,
    advises: /gradeExternalKey is right/,
  },
  {
    name: 'a reference of NAVER is an object',
    prepare: naver({ variation: 'a reference as an object' }),
    finds: { 'NAVER key-names': 'note', 'NAVER list-employees': 'note' },
    says: /gradeExternalKey is no text everywhere: string\(3, text\) ×\d+, .*object ×1/,
    advises: /without a grade.*--json/,
  },
  {
    name: 'employees of NAVER hold references under yet another name',
    prepare: ({ naver }) => naver.inject(renamed),
    finds: { 'NAVER key-names': 'note', 'NAVER fields': 'note' },
    says: /No employee holds gradeExternalKey or gradeCdExternalKey; there is gradeCode/,
    advises: /Nobody has a grade so/,
  },
  {
    name: 'sortOrder of NAVER is text',
    prepare: naver({ sortOrderAsString: true }),
    finds: { 'NAVER sort-order': 'note' },
    says: /string\(1-\d, digits\) ×/,
    advises: /NAVER_SORT_ORDER_FORM=string/,
  },
  {
    name: 'a date of NAVER has another form',
    prepare: naver({ variation: 'a date in another form' }),
    finds: { 'NAVER list-employees': 'note' },
    says: /employYmd unreadable, left out ×1/,
    advises: /unknown/,
  },
];

/** A list whose rows name things otherwise than any document does. */
const renamed = {
  times: 9_999,
  matches: ({ path }: { path: string }) => path.endsWith('/employee'),
  reply: {
    status: 200,
    body: {
      elements: ['made-up-1', 'made-up-2'].map((externalKey) => ({ externalKey, gradeCode: 'G1', jobCode: 'J1' })),
      totalCount: 2,
    },
  } satisfies Reply,
};

const ofCtrlHub: Case[] = [
  {
    name: 'Ctrl Hub takes the other notation of filters',
    prepare: ctrlHub({ dialects: ['operator'] }),
    finds: { 'CTRL_HUB filter-dialect': 'trouble' },
    says: /Filters are refused in the notation of CTRL_HUB_FILTER_DIALECT=named, and understood in the other/,
    advises: /Set CTRL_HUB_FILTER_DIALECT=operator\./,
  },
  {
    name: 'the notation of filters is set wrongly, and nothing is written',
    env: { CTRL_HUB_FILTER_DIALECT: 'operator', READ_ONLY: 'on' },
    prepare: ctrlHub({ dialects: ['named'] }),
    finds: { 'CTRL_HUB filter-dialect': 'note' },
    says: /refused in the notation of CTRL_HUB_FILTER_DIALECT=operator/,
    advises: /Set CTRL_HUB_FILTER_DIALECT=named\./,
  },
  {
    name: 'Ctrl Hub takes neither notation of filters',
    prepare: ctrlHub({ dialects: ['bracket'] }),
    finds: { 'CTRL_HUB filter-dialect': 'trouble' },
    says: /refused in the notation of .*=named, and refused in the other/,
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
    says: /100 rows were asked for at once, 25 came/,
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
    says: /Not every list tells/,
    advises: /until an empty page/,
  },
  {
    name: 'counts of Ctrl Hub are too high',
    prepare: ctrlHub({ variation: 'counts of more than there is' }),
    finds: { 'CTRL_HUB paging': 'trouble' },
    says: /members: a total of \d+ is told, and no row is at the last place/,
    advises: /cannot be read whole/,
  },
  {
    name: 'Ctrl Hub tells the next page by its number',
    prepare: ctrlHub({ variation: 'next as a page number' }),
    finds: { 'CTRL_HUB totals': 'note' },
    says: /the next offset is told as 2, after 100 rows/,
    advises: /behind the rows that came/,
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
    advises: /Grant the session's user/,
  },
  {
    name: 'an assignment of Ctrl Hub links to nobody',
    prepare: ctrlHub({ variation: 'a user linkage of null' }),
    finds: { 'CTRL_HUB list-assignments': 'note' },
    says: /not all can be used: no user linkage ×1/,
    advises: /Correct it at the vendor/,
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

const ofLucca: Case[] = [
  {
    name: 'Lucca gives fewer rows at once than are asked for',
    prepare: lucca({ pageCap: 30 }),
    finds: { 'LUCCA page-cap': 'note' },
    says: /employees: 100 rows were asked for at once, 30 came/,
    advises: /more requests/,
  },
  {
    name: 'Lucca embeds nothing',
    prepare: lucca({ embeds: 'missing' }),
    finds: { 'LUCCA embeds': 'note' },
    says: /Embedded are 0 of \d+ job-positions and 0 of \d+ employments/,
    advises: /asked for by id/,
  },
  {
    name: 'Lucca ignores the filter by id',
    prepare: lucca({ ignoredFilters: ['id'] }),
    finds: { 'LUCCA embeds': 'trouble' },
    says: /One of the job-positions was asked for by its id; 100 rows came/,
    advises: /--json/,
  },
  {
    name: 'lists of Lucca have no ETag',
    prepare: lucca({ hasETags: false }),
    finds: { 'LUCCA etags': 'note' },
    says: /no ETag/,
    advises: /sent again/,
  },
  {
    name: 'ETags of Lucca do nothing',
    prepare: ({ lucca }) => lucca.inject(inSpiteOfItsETag),
    finds: { 'LUCCA etags': 'note' },
    says: /came again in spite of its ETag/,
    advises: /sent again/,
  },
  {
    name: 'Lucca has members beyond the documents',
    prepare: lucca({ unknownMembers: true }),
    finds: { 'LUCCA fields': 'note' },
    says: /Beyond the documents: employees\.xUnknownMember, job-qualifications\.xUnknownMember/,
    advises: /they are ignored/,
  },
  {
    name: 'Lucca has a status that nobody knows',
    prepare: lucca({ unknownEnumMembers: true }),
    finds: { 'LUCCA list-employees': 'note' },
    says: /status unreadable, left out ×\d/,
    advises: /unknown/,
  },
  {
    name: 'identifiers of Lucca are numbers',
    prepare: lucca({ variation: 'ids as numbers' }),
    finds: { 'LUCCA identifiers': 'note' },
    says: /employees\.id number\(integer\) ×100/,
    advises: /read as text/,
  },
  {
    name: 'the next link of Lucca names no page',
    prepare: lucca({ variation: 'a next link without page' }),
    finds: { 'LUCCA paging': 'trouble' },
    says: /names no page/,
    advises: /cannot be read whole/,
  },
  {
    name: 'pages of Lucca repeat themselves',
    prepare: lucca({ variation: 'pages that repeat the first' }),
    // Every list goes on without end, and with another cursor each time.
    finds: { 'LUCCA paging': 'trouble', 'LUCCA page-cap': 'note', 'LUCCA etags': 'note' },
    says: /the second page repeats the first/,
    advises: /cannot be read whole/,
  },
  {
    name: 'no row of Lucca can be read',
    prepare: lucca({ variation: 'no item that is an object' }),
    finds: {
      'LUCCA list-employees': 'trouble',
      'LUCCA list-job-qualifications': 'trouble',
      'LUCCA list-professions': 'trouble',
      'LUCCA identifiers': 'note',
    },
    says: /None of 100 rows can be read: not an object ×100/,
    advises: /--json/,
  },
];

const inSpiteOfItsETag = {
  times: 9_999,
  matches: ({ headers }: EmulatorRequest) => headers['if-none-match'] !== undefined,
  reply: { status: 200, body: { items: [], totalCount: 0 } } satisfies Reply,
};

const events: Case[] = (['oldest first', 'newest first'] as const).map((eventOrder) => ({
  name: `Lucca grants the event log, ${eventOrder}`,
  prepare: ({ lucca }) => {
    sandboxLuccaClient.scopes.push('events.readonly');
    Object.assign(lucca.knobs, { eventOrder });
  },
  finds: { 'LUCCA events': 'ok' },
  says: new RegExp(`100 events and more, ${eventOrder}, of 1 topic, from \\d days? ago on, in version 2024-11-01`),
  advises: /^/,
}));

const isLog = ({ path }: EmulatorRequest) => path.endsWith('/events');
const log = (reply: Reply) => (it: Sandbox) => {
  sandboxLuccaClient.scopes.push('events.readonly');
  it.lucca.inject({ times: 9_999, matches: isLog, reply });
};
const oddEvents: Case[] = [
  {
    name: 'the event log of Lucca is empty',
    prepare: log({ status: 200, body: { items: [], totalCount: 0 } }),
    finds: { 'LUCCA events': 'note' },
    says: /granted, and empty/,
    advises: /webhook endpoint/,
  },
  {
    name: 'the event log of Lucca refuses to be paged',
    prepare: log({ status: 400, body: { title: 'Invalid', errors: { limit: ['unknown'] } } }),
    finds: { 'LUCCA events': 'note' },
    says: /got 400 \(Invalid\), about limit\.$/,
    advises: /not used/,
  },
];

describeCases('the doctor of NAVER, when', ofNaver);
describeCases('the doctor of Ctrl Hub, when', ofCtrlHub);
describeCases('the doctor of Lucca, when', [...ofLucca, ...events, ...oddEvents]);
