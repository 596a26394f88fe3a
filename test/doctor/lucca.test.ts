import type { EmulatorRequest, Reply } from '../../src/sandbox/emulator.ts';
import { sandboxLuccaClient } from '../../src/sandbox/lucca/lucca-emulator.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { type Case, describeCases } from './doctor-fixture.ts';

const lucca = (knobs: Partial<Sandbox['lucca']['knobs']>) => (it: Sandbox) => Object.assign(it.lucca.knobs, knobs);

const ofLucca: Case[] = [
  {
    name: 'Lucca gives fewer rows at once than are asked for',
    prepare: lucca({ pageCap: 30 }),
    finds: { 'LUCCA page-cap': 'note' },
    says: /employees: 100 rows were requested, 30 were received/,
    advises: /more requests/,
  },
  {
    name: 'Lucca embeds nothing',
    prepare: lucca({ embeds: 'missing' }),
    finds: { 'LUCCA embeds': 'note' },
    says: /Lucca embeds 0 of \d+ job-positions and 0 of \d+ employments/,
    advises: /requests the others by id/,
  },
  {
    name: 'Lucca ignores the filter by id',
    prepare: lucca({ ignoredFilters: ['id'] }),
    finds: { 'LUCCA embeds': 'trouble' },
    says: /A request for one of the job-positions by id returned 100 rows/,
    advises: /--json/,
  },
  {
    name: 'lists of Lucca have no ETag',
    prepare: lucca({ hasETags: false }),
    finds: { 'LUCCA etags': 'note' },
    says: /no ETag/,
    advises: /sends unchanged pages again/,
  },
  {
    name: 'ETags of Lucca do nothing',
    prepare: ({ lucca }) => lucca.inject(inSpiteOfItsETag),
    finds: { 'LUCCA etags': 'note' },
    says: /same page again, despite its ETag/,
    advises: /sends unchanged pages again/,
  },
  {
    name: 'Lucca has members beyond the documents',
    prepare: lucca({ unknownMembers: true }),
    finds: { 'LUCCA fields': 'note' },
    says: /Not in the vendor's documents: employees\.xUnknownMember, job-qualifications\.xUnknownMember/,
    advises: /ignores them/,
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
  says: new RegExp(`100 events and more, ${eventOrder}, of 1 topic, back to \\d days? ago, in version 2024-11-01`),
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
    says: /granted, but empty/,
    advises: /webhook endpoint/,
  },
  {
    name: 'the event log of Lucca refuses to be paged',
    prepare: log({ status: 400, body: { title: 'Invalid', errors: { limit: ['unknown'] } } }),
    finds: { 'LUCCA events': 'note' },
    says: /got 400 \(Invalid\), about limit\.$/,
    advises: /does not use the log/,
  },
];

describeCases('the doctor of Lucca, when', [...ofLucca, ...events, ...oddEvents]);
