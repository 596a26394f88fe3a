import type { IdentityRule } from '../domain/identity-rule.ts';
import type { Upstream } from '../domain/upstream.ts';
import { listNames, peopleListsOf, upstreamOf } from './list-names.ts';
import type { UpstreamData } from './upstream-data.ts';

/** Progress of reading an upstream's people, and how its records were linked. */
export type DirectoryStatus = {
  /** Rows of the upstream's own list of people read so far. */
  people: number;
  /** The upstream's own total; null if it states none. */
  expected: number | null;
  /** True if all people lists of the upstream have been read. */
  isComplete: boolean;
  /** When the oldest of the readings began, in RFC 3339. */
  asOf: string;
  /** Expected seconds until the reading in flight ends; null without one. */
  secondsToGo: number | null;
  /** Of all lists of the upstream that have been read, reference lists included; counted by resource and reason. */
  skippedRows: readonly { resource: string; reason: string; count: number }[];
  /** Links of this upstream's records, wherever they come from, to people led by another upstream. */
  links: readonly { matchedBy: IdentityRule; count: number }[];
  /** Number of conflicts: groups of records and people of whom some were left unlinked. */
  conflicts: number;
};

/** Null before the first reading begins. */
export function directoryStatusOf({ lists, keeper }: UpstreamData, upstream: Upstream): DirectoryStatus | null {
  const all = peopleListsOf(upstream).flatMap((name) => lists[name] ?? []);
  const [main] = all;
  const current = main?.current ?? null;
  const progress = main?.progress ?? null;
  const startedAt = all.flatMap((list) => list.current?.asOf ?? list.progress?.startedAt ?? []);
  const secondsToGo = all.flatMap((list) => list.progress?.secondsToGo ?? []);
  if (startedAt.length === 0) return null;
  const directory = keeper.snapshot?.directory;
  return {
    people: current?.value.rows.length ?? progress?.rows ?? 0,
    expected: current === null ? (progress?.expected ?? null) : current.value.rows.length,
    isComplete: all.every((list) => list.current !== null),
    asOf: new Date(Math.min(...startedAt)).toISOString(),
    secondsToGo: secondsToGo.length === 0 ? null : Math.max(...secondsToGo),
    skippedRows: skippedIn(
      listNames.flatMap((name) => (upstreamOf(name) === upstream ? (lists[name]?.current?.value.skipped ?? []) : [])),
    ),
    links: (directory?.links ?? [])
      .filter(({ source }) => source === upstream)
      .map(({ rule, count }) => ({ matchedBy: rule, count })),
    conflicts: (directory?.conflicts ?? []).filter(({ source }) => source === upstream).length,
  };
}

function skippedIn(rows: readonly { resource: string; reason: string }[]): DirectoryStatus['skippedRows'] {
  const counts = new Map<string, { resource: string; reason: string; count: number }>();
  for (const { resource, reason } of rows) {
    const known = counts.get(`${resource} ${reason}`);
    if (known === undefined) counts.set(`${resource} ${reason}`, { resource, reason, count: 1 });
    else known.count += 1;
  }
  return [...counts.values()];
}
