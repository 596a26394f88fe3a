import type { IdentityRule } from '../domain/identity-rule.ts';
import type { Upstream } from '../domain/upstream.ts';
import { peopleListsOf } from './list-names.ts';
import type { UpstreamData } from './upstream-data.ts';

/** How far an upstream's people have been read, and what became of their records. */
export type DirectoryStatus = {
  /** Read so far. */
  people: number;
  /** As the upstream counts them; null where it does not say. */
  expected: number | null;
  /** All lists that its people follow from have been read. */
  isComplete: boolean;
  /** RFC 3339: when the oldest of the readings began. */
  asOf: string;
  /** Until a reading in flight is expected to end; null where none is. */
  secondsToGo: number | null;
  /** By resource and reason. */
  skippedRows: readonly { resource: string; reason: string; count: number }[];
  /** Of this upstream's records, to people whom another one leads. */
  links: readonly { matchedBy: IdentityRule; count: number }[];
  /** Groups of records and people of which some were left without a link. */
  conflicts: number;
};

/** Null until it has begun to be read. */
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
    skippedRows: skippedIn(all.flatMap((list) => list.current?.value.skipped ?? [])),
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
