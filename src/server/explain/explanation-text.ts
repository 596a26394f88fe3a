import type { ReportedRequest, ReportedWait } from '../telemetry/operation-report.ts';
import type { Explanation } from './explanation.ts';
import { textTable } from './text-table.ts';

/** Of a bar, in characters. */
const width = 40;

/** What an explanation says, for a terminal: how long and why, requests with a waterfall, waits, lists, and the cost. */
export function explanationText({ totalMs, phases, upstreamRequests, waits, lists, cost }: Explanation): string {
  const rounds = Math.max(0, ...upstreamRequests.map(({ round }) => round));
  const shared = upstreamRequests.filter(({ isShared }) => isShared).length;
  const summary = `${totalMs} ms: preparation ${phases.preparationMs}, planning ${phases.planningMs}, execution ${phases.executionMs} (of which waiting for upstreams ${phases.waitingMs}), serialisation ${phases.serialisationMs}`;
  const asked = `${counted(upstreamRequests.length, 'upstream request')} in ${counted(rounds, 'round')}, ${shared} shared with others`;
  return [
    summary,
    upstreamRequests.length === 0 ? 'no upstream request' : asked,
    ...section(requestLines(upstreamRequests, totalMs)),
    ...section(waitLines(waits)),
    ...section(listLines(lists)),
    ...section(costLines(cost)),
  ].join('\n');
}

const section = (lines: readonly string[]): string[] => (lines.length === 0 ? [] : ['', ...lines]);

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

const orDash = (value: number | string | null): string => (value === null ? '-' : String(value));

function requestLines(requests: readonly ReportedRequest[], totalMs: number): string[] {
  if (requests.length === 0) return [];
  const from = Math.min(0, ...requests.map(({ startMs }) => startMs));
  const to = Math.max(totalMs, ...requests.map(({ startMs, ms }) => startMs + (ms ?? 0)));
  const scale = width / Math.max(to - from, 1);
  const bar = ({ startMs, ms }: ReportedRequest) => {
    const before = Math.min(Math.floor((startMs - from) * scale), width - 1);
    const length = Math.max(1, Math.round(((ms ?? to - startMs) || 0) * scale));
    return `${' '.repeat(before)}${'█'.repeat(Math.min(length, width - before))}`;
  };
  return textTable(requests, [
    { title: 'round', of: ({ round }) => String(round), right: true },
    { title: 'upstream', of: ({ upstream }) => upstream },
    { title: 'request', of: ({ method, path }) => `${method} ${path}` },
    { title: 'for', of: ({ why, isShared }) => `${why}${isShared ? ' (shared)' : ''}` },
    { title: 'attempt', of: ({ attempt }) => String(attempt), right: true },
    { title: 'status', of: ({ status, error }) => [orDash(status), error ?? ''].join(' ').trim() },
    { title: 'held', of: ({ cache }) => (cache === 'none' ? '-' : cache) },
    { title: 'rows', of: ({ rows }) => orDash(rows), right: true },
    { title: 'bytes', of: ({ bytes }) => orDash(bytes), right: true },
    { title: 'start', of: ({ startMs }) => startMs.toFixed(1), right: true },
    { title: 'ms', of: ({ ms }) => (ms === null ? '-' : ms.toFixed(1)), right: true },
    { title: '', of: bar },
  ]);
}

const waitLines = (waits: readonly ReportedWait[]): string[] =>
  waits.length === 0
    ? []
    : textTable(waits, [
        { title: 'held back by', of: ({ reason }) => reason },
        { title: 'upstream', of: ({ upstream }) => upstream },
        { title: 'for', of: ({ why, isShared }) => `${why}${isShared ? ' (shared)' : ''}` },
        { title: 'start', of: ({ startMs }) => startMs.toFixed(1), right: true },
        { title: 'ms', of: ({ ms }) => ms.toFixed(1), right: true },
        { title: '', of: ({ error }) => error ?? '' },
      ]);

const listLines = (lists: Explanation['lists']): string[] =>
  lists.length === 0
    ? []
    : textTable(lists, [
        { title: 'list', of: ({ list }) => list },
        { title: 'upstream', of: ({ upstream }) => upstream },
        { title: 'state', of: ({ state }) => state },
        { title: 'age (s)', of: ({ ageSeconds }) => orDash(ageSeconds), right: true },
        { title: 'rows', of: ({ rows }) => orDash(rows), right: true },
        { title: 'waited (ms)', of: ({ waitedMs }) => String(waitedMs), right: true },
        { title: '', of: ({ error }) => error ?? '' },
      ]);

const costLines = (cost: Explanation['cost']): string[] =>
  cost.length === 0
    ? []
    : textTable(cost, [
        { title: 'at most', of: ({ measure }) => measure },
        { title: 'cost', of: (measure) => String(measure.cost), right: true },
        { title: 'limit', of: ({ limit }) => String(limit), right: true },
      ]);
