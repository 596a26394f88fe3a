import type { Join } from '../../domain/activity.ts';
import type { Upstream } from '../../domain/upstream.ts';
import { type ListName, listNames, upstreamOf } from '../../loaders/list-names.ts';
import type { ListUse } from '../../loaders/usage.ts';
import type { OperationRecord } from './operation-record.ts';
import { type FoundRequest, type FoundWait, requestsOf } from './upstream-requests.ts';

/** One request as it was sent to an upstream, by the operation or by what it waited for. */
export type ReportedRequest = {
  upstream: Upstream;
  method: string;
  /** As the vendor documents it: `/company/{companyId}/grade`. */
  path: string;
  /** The list that was being read, an access token, or the operation itself. */
  why: string;
  /** 1 for what had to wait for no other response, 2 for what had to wait for one, and so on. */
  round: number;
  /** Since the request came; negative for a reading that others had begun before. */
  startMs: number;
  /** Null while there is no response. */
  ms: number | null;
  /** Begun by somebody else: several wait for it. */
  isShared: boolean;
  /** `none`: nothing to compare with. `unchanged`, `changed`: since what we hold. */
  cache: 'none' | 'unchanged' | 'changed';
  rows: number | null;
  /** Of the body, as it was received. */
  bytes: number | null;
  /** 1 for the first, more for a repeat. */
  attempt: number;
  status: number | null;
  /** Why it failed. */
  error: string | null;
};

/** What held a request back, or kept it from being sent at all. */
export type ReportedWait = {
  upstream: Upstream;
  reason: string;
  why: string;
  startMs: number;
  ms: number;
  isShared: boolean;
  error: string | null;
};

type ReportedList = {
  list: ListName;
  upstream: Upstream;
  /**
   * `fresh`, `stale`: cached. `read`: for this operation. `shared`: read together with others. `replica`: waited for, and
   * taken over from another replica, which has asked the upstream. `failed`: not to be had.
   */
  state: 'fresh' | 'stale' | 'read' | 'shared' | 'replica' | 'failed';
  /** Since its reading began. */
  ageSeconds: number | null;
  rows: number | null;
  /** How long the operation waited for it. */
  waitedMs: number;
  /** Why there was none, or none that is fresh. */
  error: string | null;
};

/** Where the time of an operation went, and what was asked of the upstreams. It names nobody. */
export type OperationReport = {
  /** Since the request came. */
  totalMs: number;
  phases: {
    /** From the request to a valid operation: the caller, the body, parsing, validation, limits. */
    preparationMs: number;
    /** Finding out which lists are needed. */
    planningMs: number;
    /** Running the resolvers, the time in which they waited included. */
    executionMs: number;
    /** Of the execution: waiting for upstreams. */
    waitingMs: number;
  };
  upstreamRequests: ReportedRequest[];
  waits: ReportedWait[];
  lists: ReportedList[];
};

const rounded = (ms: number): number => Math.round(ms * 10) / 10;

export function reportOf(record: OperationRecord): OperationReport {
  const { activity, receivedAt, startedAt, planningMs, executionMs, usage } = record;
  const now = performance.now();
  const since = (time: number) => rounded(time - receivedAt);
  const { requests, waits } = requestsOf(activity);
  const joins = joinsOf(record);
  return {
    totalMs: since(now),
    phases: {
      preparationMs: rounded(startedAt - receivedAt),
      planningMs: rounded(planningMs),
      executionMs: rounded(executionMs),
      waitingMs: rounded(waitingMsOf([...activity.joins, ...activity.attempts, ...activity.waits], now)),
    },
    upstreamRequests: requests.map((it) => requestOf(it, activity, since)),
    waits: waits.map((it) => waitOf(it, since)),
    lists: listNames.flatMap((list) => {
      const use = usage?.lists.get(list);
      return use === undefined ? [] : [listOf(list, use, joins.get(list), now)];
    }),
  };
}

const whyOf = (sender: OperationRecord['activity'], operation: OperationRecord['activity'] | null): string =>
  sender === operation || sender.kind === 'operation' ? 'operation' : sender.name;

function requestOf(
  { attempt, sender, isShared, round }: FoundRequest,
  operation: OperationRecord['activity'],
  since: (time: number) => number,
): ReportedRequest {
  const { upstream, method, path, number, startedAt, endedAt, status, code, bytes, rows, isConditional } = attempt;
  return {
    ...{ upstream, method, path, why: whyOf(sender, operation), round, startMs: since(startedAt) },
    ms: endedAt === null ? null : rounded(endedAt - startedAt),
    isShared,
    cache: !isConditional ? 'none' : status === 304 ? 'unchanged' : 'changed',
    ...{ rows, bytes, attempt: number, status, error: code },
  };
}

function waitOf({ wait, sender, isShared }: FoundWait, since: (time: number) => number): ReportedWait {
  const { upstream, reason, startedAt, endedAt, code } = wait;
  const ms = rounded(endedAt - startedAt);
  return { upstream, reason, why: whyOf(sender, null), startMs: since(startedAt), ms, isShared, error: code };
}

/** Of readings, by the names of their lists: of the operation, or of the one that it ran together with. */
function joinsOf({ activity }: OperationRecord): ReadonlyMap<string, Join[]> {
  const all = activity.joins.flatMap((join) => [join, ...(join.activity.kind === 'shared' ? join.activity.joins : [])]);
  return Map.groupBy(
    all.filter((join) => join.activity.kind === 'reading'),
    (join) => join.activity.name,
  );
}

function listOf(list: ListName, use: ListUse, joins: readonly Join[] = [], now: number): ReportedList {
  const waitedMs = rounded(waitingMsOf(joins, now));
  const base = { list, upstream: upstreamOf(list) };
  if ('error' in use) return { ...base, state: 'failed', ageSeconds: null, rows: null, waitedMs, error: use.error };
  const { asOf, freshUntil, failure, value } = use.loaded;
  const wallNow = performance.timeOrigin + now;
  const held = freshUntil > wallNow ? 'fresh' : 'stale';
  const isAsked = joins.some(({ activity }) => activity.attempts.length > 0);
  const waited = !isAsked ? 'replica' : joins.some((join) => join.isOwn) ? 'read' : 'shared';
  return {
    ...base,
    state: failure === null && joins.length > 0 ? waited : held,
    ageSeconds: rounded((wallNow - asOf) / 1000),
    rows: value.rows.length,
    waitedMs,
    error: failure,
  };
}

/** Of times that overlap, the sum of what they cover. */
function waitingMsOf(times: readonly Pick<Join, 'startedAt' | 'endedAt'>[], now: number): number {
  const spans = times
    .map(({ startedAt, endedAt }) => ({ from: startedAt, to: endedAt ?? now }))
    .sort((a, b) => a.from - b.from);
  let covered = 0;
  let until = Number.NEGATIVE_INFINITY;
  for (const { from, to } of spans) {
    covered += Math.max(0, to - Math.max(from, until));
    until = Math.max(until, to);
  }
  return covered;
}
