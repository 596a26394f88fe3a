import { open } from '../resolvers/declarations.ts';
import { employeeEntity } from '../resolvers/find-employee.ts';
import {
  type CacheStatus,
  type RateLimitStatus,
  type DirectoryStatus as Status,
  type UpstreamCircuit,
  type UpstreamStatus,
  upstreams,
} from '../resolvers/upstream-status.ts';
import { upstreams as allUpstreams, describeUpstream, type Upstream } from '../src/domain/upstream.ts';
import { builder } from './builder.ts';
import { IdentityMatch } from './identity-match.ts';

export const UpstreamEnum = builder.enumType('Upstream', {
  description: 'The systems that this graph reads.',
  values: Object.fromEntries(allUpstreams.map((it) => [it, { description: describeUpstream(it) }])) as Record<
    Upstream,
    object
  >,
});

const UpstreamState = builder.enumType('UpstreamState', {
  description: 'How an upstream has been answering.',
  values: {
    UP: { description: 'The last request was answered.' },
    DEGRADED: { description: 'The last request failed.' },
    DOWN: { description: 'Several requests in a row failed, and none has succeeded since.' },
    NOT_CONFIGURED: { description: 'This deployment has no access to it.' },
  },
});

const RateLimitStatusRef = builder.objectRef<RateLimitStatus>('RateLimitStatus').implement({
  description: "What is left of a vendor's allowance, as far as this process knows: others may draw on it as well.",
  scope: open,
  dataClass: 'PUBLIC',
  fields: (t) => ({
    limit: t.exposeInt('limit', { description: 'Requests per window.' }),
    remaining: t.exposeInt('remaining'),
    resetsAt: t.expose('resetsAt', { type: 'DateTime', description: 'When the oldest request leaves the window.' }),
  }),
});

const SkippedRowsRef = builder.objectRef<Status['skippedRows'][number]>('SkippedRows').implement({
  description: 'Rows of one upstream that could not be used, counted by resource and reason.',
  scope: employeeEntity.scope,
  dataClass: 'PUBLIC',
  fields: (t) => ({
    resource: t.exposeString('resource', { description: "The upstream's list." }),
    reason: t.exposeString('reason'),
    count: t.exposeInt('count'),
  }),
});

const LinkCountRef = builder.objectRef<Status['links'][number]>('LinkCount').implement({
  description: 'How many records were linked by one rule.',
  scope: employeeEntity.scope,
  dataClass: 'PUBLIC',
  fields: (t) => ({
    matchedBy: t.expose('matchedBy', { type: IdentityMatch }),
    count: t.exposeInt('count'),
  }),
});

const DirectoryStatus = builder.objectRef<Status>('DirectoryStatus').implement({
  description:
    "How far an upstream's directory of people has been read, and what became of its records. It is read from the start of the process on, within the allowance.",
  scope: employeeEntity.scope,
  dataClass: 'PUBLIC',
  fields: (t) => ({
    people: t.exposeInt('people', { description: 'Read so far.' }),
    expected: t.exposeInt('expected', { nullable: true, description: 'As the upstream counts them.' }),
    isComplete: t.exposeBoolean('isComplete'),
    asOf: t.expose('asOf', { type: 'DateTime', description: 'When its reading began.' }),
    secondsToGo: t.exposeInt('secondsToGo', {
      nullable: true,
      description: 'Until a reading in flight is expected to end; null where none is.',
    }),
    skippedRows: t.expose('skippedRows', {
      type: [SkippedRowsRef],
      description: 'Rows that could not be used. What they stand for is unknown, not gone.',
    }),
    links: t.expose('links', {
      type: [LinkCountRef],
      description: "Of this upstream's records, to people whom another one leads, by rule.",
    }),
    conflicts: t.exposeInt('conflicts', {
      description: 'Groups of records and people that claim one another, of which some were left without a link.',
    }),
  }),
});

const CacheStatusRef = builder.objectRef<CacheStatus>('CacheStatus').implement({
  description:
    'How reads of an upstream were answered since the start of this process. Whole answers that serve again are served before anything is read, and are not counted.',
  scope: open,
  dataClass: 'PUBLIC',
  fields: (t) => ({
    // Whole numbers, which an Int would not hold for a busy week.
    hits: t.exposeFloat('hits', { description: 'From a fresh answer.' }),
    staleHits: t.exposeFloat('staleHits', {
      description: 'From an answer past its fresh window, which was asked for anew meanwhile, or could not be.',
    }),
    shared: t.exposeFloat('shared', { description: 'Together with the same read, which was under way.' }),
    misses: t.exposeFloat('misses', { description: 'By asking the upstream.' }),
    entries: t.exposeInt('entries', { description: 'Answers that are kept now.' }),
    bytes: t.exposeFloat('bytes', { description: 'Of memory that they take, roughly.' }),
  }),
});

const UpstreamCircuitState = builder.enumType('UpstreamCircuitState', {
  description: 'Whether requests to an upstream are let through.',
  values: {
    CLOSED: { description: 'All of them.' },
    OPEN: { description: 'None: several in a row failed, and the next may go at probeAt.' },
    HALF_OPEN: { description: 'One, whose success closes the circuit.' },
  },
});

const UpstreamCircuitRef = builder.objectRef<UpstreamCircuit>('UpstreamCircuit').implement({
  description: 'The circuit breaker of an upstream: in an outage it is spared all requests but a few.',
  scope: open,
  dataClass: 'PUBLIC',
  fields: (t) => ({
    state: t.expose('state', { type: UpstreamCircuitState }),
    probeAt: t.expose('probeAt', {
      type: 'DateTime',
      nullable: true,
      description: 'While it is open: when the upstream is asked again.',
    }),
  }),
});

const UpstreamStatusRef = builder.objectRef<UpstreamStatus>('UpstreamStatus').implement({
  description: 'One upstream as this process sees it.',
  scope: open,
  dataClass: 'PUBLIC',
  fields: (t) => ({
    upstream: t.expose('upstream', { type: UpstreamEnum }),
    isConfigured: t.exposeBoolean('isConfigured'),
    state: t.expose('state', { type: UpstreamState }),
    rateLimit: t.expose('rateLimit', {
      type: RateLimitStatusRef,
      nullable: true,
      description: 'Null where the upstream has none.',
    }),
    requests: t.exposeInt('requests', { description: 'Sent since the start of this process, repeats included.' }),
    directory: t.expose('directory', {
      type: DirectoryStatus,
      nullable: true,
      description: 'Null until its reading has begun.',
    }),
    circuit: t.expose('circuit', {
      type: UpstreamCircuitRef,
      nullable: true,
      description: 'Null where the upstream is not configured.',
    }),
    cache: t.expose('cache', { type: CacheStatusRef, description: 'What this graph remembers of the upstream.' }),
    lastError: t.exposeString('lastError', {
      nullable: true,
      description: "Without secrets and without anybody's data.",
    }),
  }),
});

builder.queryField('upstreams', (t) =>
  t.field({
    type: [UpstreamStatusRef],
    description: 'How each upstream is doing. Costs no upstream request.',
    isVolatile: true,
    length: allUpstreams.length,
    resolve: upstreams,
  }),
);
