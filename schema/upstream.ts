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
  values: Object.fromEntries(
    allUpstreams.map((upstream) => [upstream, { description: describeUpstream(upstream) }]),
  ) as Record<Upstream, object>,
});

const UpstreamState = builder.enumType('UpstreamState', {
  description: 'The state of an upstream, by its latest responses.',
  values: {
    UP: { description: 'The last request succeeded.' },
    DEGRADED: { description: 'The last request failed.' },
    DOWN: { description: 'Several requests in a row have failed.' },
    NOT_CONFIGURED: { description: 'The upstream is not configured in this deployment.' },
  },
});

const RateLimitStatusRef = builder.objectRef<RateLimitStatus>('RateLimitStatus').implement({
  description:
    'The remaining rate limit of a vendor, as far as this process knows: other clients may use the same limit.',
  scope: open,
  dataClass: 'PUBLIC',
  fields: (t) => ({
    limit: t.exposeInt('limit', { description: 'Requests per window.' }),
    remaining: t.exposeInt('remaining', { description: 'Requests left in the current window.' }),
    resetsAt: t.expose('resetsAt', { type: 'DateTime', description: 'When the oldest request leaves the window.' }),
  }),
});

const SkippedRowsRef = builder.objectRef<Status['skippedRows'][number]>('SkippedRows').implement({
  description: 'Rows of one upstream that could not be used, counted by resource and reason.',
  scope: employeeEntity.scope,
  dataClass: 'PUBLIC',
  fields: (t) => ({
    resource: t.exposeString('resource', { description: "The upstream's name of the list." }),
    reason: t.exposeString('reason'),
    count: t.exposeInt('count'),
  }),
});

const LinkCountRef = builder.objectRef<Status['links'][number]>('LinkCount').implement({
  description: 'The number of records that one rule linked.',
  scope: employeeEntity.scope,
  dataClass: 'PUBLIC',
  fields: (t) => ({
    matchedBy: t.expose('matchedBy', { type: IdentityMatch }),
    count: t.exposeInt('count'),
  }),
});

const DirectoryStatus = builder.objectRef<Status>('DirectoryStatus').implement({
  description:
    "Progress of reading an upstream's people, and how its records were linked. Reading begins when the process starts and stays within the rate limit.",
  scope: employeeEntity.scope,
  dataClass: 'PUBLIC',
  fields: (t) => ({
    people: t.exposeInt('people', { description: "Rows of the upstream's own list of people, read so far." }),
    expected: t.exposeInt('expected', {
      nullable: true,
      description: "The upstream's own total; null if it states none.",
    }),
    isComplete: t.exposeBoolean('isComplete', {
      description: "True once all lists of the upstream's people have been read.",
    }),
    asOf: t.expose('asOf', { type: 'DateTime', description: 'When the reading began.' }),
    secondsToGo: t.exposeInt('secondsToGo', {
      nullable: true,
      description: 'Expected seconds until the reading in flight ends; null without one.',
    }),
    skippedRows: t.expose('skippedRows', {
      type: [SkippedRowsRef],
      description:
        'Rows that could not be used, of all lists of the upstream that were read: people, grades and the like. Their records count as unknown, not as deleted.',
    }),
    links: t.expose('links', {
      type: [LinkCountRef],
      description:
        "Links of this upstream's records to people led by another upstream, by rule. They may be more than `people`: Ctrl Hub has users that are in no list of members, but named by an assignment.",
    }),
    conflicts: t.exposeInt('conflicts', {
      description: 'Groups of matching records and people of which some were left unlinked.',
    }),
  }),
});

const CacheStatusRef = builder.objectRef<CacheStatus>('CacheStatus').implement({
  description:
    'Cache statistics of an upstream since the start of this process. Operations served from the response cache read no list and are not counted.',
  scope: open,
  dataClass: 'PUBLIC',
  fields: (t) => ({
    // Whole numbers, as Float because a busy week exceeds an Int.
    hits: t.exposeFloat('hits', { description: 'Served from a fresh list.' }),
    staleHits: t.exposeFloat('staleHits', {
      description: 'Served from a stale list, while it was read again or because it could not be.',
    }),
    shared: t.exposeFloat('shared', { description: 'Coalesced with the same read in flight.' }),
    misses: t.exposeFloat('misses', { description: 'Served by a new reading of the upstream.' }),
    entries: t.exposeInt('entries', { description: 'Number of cached lists.' }),
    bytes: t.exposeFloat('bytes', { description: 'Approximate memory of the cached lists, in bytes.' }),
  }),
});

const UpstreamCircuitState = builder.enumType('UpstreamCircuitState', {
  description: 'Whether requests to an upstream are sent.',
  values: {
    CLOSED: { description: 'All requests are sent.' },
    OPEN: {
      description: 'No requests are sent, because several in a row failed. The next one is sent at probeAt or later.',
    },
    HALF_OPEN: { description: 'One request is sent as a probe; its success closes the circuit.' },
  },
});

const UpstreamCircuitRef = builder.objectRef<UpstreamCircuit>('UpstreamCircuit').implement({
  description: 'The circuit breaker of an upstream: during an outage only a few requests are sent.',
  scope: open,
  dataClass: 'PUBLIC',
  fields: (t) => ({
    state: t.expose('state', { type: UpstreamCircuitState }),
    probeAt: t.expose('probeAt', {
      type: 'DateTime',
      nullable: true,
      description: 'While the circuit is open: when the next request may be sent.',
    }),
  }),
});

const UpstreamStatusRef = builder.objectRef<UpstreamStatus>('UpstreamStatus').implement({
  description: 'The status of one upstream, as this process sees it.',
  scope: open,
  dataClass: 'PUBLIC',
  fields: (t) => ({
    upstream: t.expose('upstream', { type: UpstreamEnum }),
    isConfigured: t.exposeBoolean('isConfigured'),
    state: t.expose('state', { type: UpstreamState }),
    rateLimit: t.expose('rateLimit', {
      type: RateLimitStatusRef,
      nullable: true,
      description: 'Null if the rate limit is unknown.',
    }),
    requests: t.exposeInt('requests', {
      description: 'Requests sent since the start of this process, including retries.',
    }),
    directory: t.expose('directory', {
      type: DirectoryStatus,
      nullable: true,
      description: 'Null before the first reading begins.',
    }),
    circuit: t.expose('circuit', {
      type: UpstreamCircuitRef,
      nullable: true,
      description: 'Null if the upstream is not configured.',
    }),
    cache: t.expose('cache', { type: CacheStatusRef, description: "The cache of the upstream's lists." }),
    lastError: t.exposeString('lastError', {
      nullable: true,
      description: 'Contains no secrets and no personal data.',
    }),
  }),
});

builder.queryField('upstreams', (t) =>
  t.field({
    type: [UpstreamStatusRef],
    description: 'The status of each upstream. Sends no upstream request.',
    isVolatile: true,
    length: allUpstreams.length,
    resolve: upstreams,
  }),
);
