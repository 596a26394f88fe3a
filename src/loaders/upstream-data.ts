import { CachedList } from '../cache/cached-list.ts';
import type { Clock } from '../cache/clock.ts';
import type { Priority, Progress } from '../cache/running-reading.ts';
import { Keeper } from '../directory/keeper.ts';
import type { ActivityObserver } from '../domain/activity.ts';
import type { AskedRequest, SkippedRow } from '../domain/list-reading.ts';
import { upstreams as allUpstreams, type Upstream } from '../domain/upstream.ts';
import type { UpstreamError } from '../errors.ts';
import type { IdentityMapping } from '../identity/mapping.ts';
import type { Upstreams } from '../upstreams/upstreams.ts';
import { applyWrite } from './apply-write.ts';
import type { CachedLists } from './cached-lists.ts';
import {
  isPeopleList,
  type ListName,
  type Lists,
  listNames,
  type PeopleListName,
  type PeopleLists,
  peopleListNames,
  type ReadList,
  type ReferenceListName,
  upstreamOf,
} from './list-names.ts';
import { type DependenciesOf, mappingDependencies } from './mapping-dependencies.ts';
import { sendReads } from './send-reads.ts';
import type { SharedData } from './shared-data.ts';
import { createAssembly, type IdentitySettings, type Snapshot, type SnapshotInputs } from './snapshot.ts';
import type { WriteRecord } from './write-record.ts';

/** The upstreams' data in this process: the lists, and the snapshot built from the people lists. */
export type UpstreamData = {
  readonly lists: CachedLists;
  readonly keeper: Keeper<SnapshotInputs, Snapshot>;
  readonly configured: readonly Upstream[];
  /** True if every operation reads again: CACHE_FRESH_SECONDS=0. */
  readonly isUncached: boolean;
  /** The current mapping. */
  readonly mapping: IdentityMapping<Upstream>;
  /** Upstreams on whose records this one's links may depend through rows of the mapping file. */
  readonly dependenciesOf: DependenciesOf;
  /** The request that a reading of the list sends, if known. Sends nothing itself. */
  asksOf(list: ListName): AskedRequest | null;
  /** Increases with every change of a list or of the mapping, and with every write of ours. */
  generation(): number;
  /**
   * Call it before every read. Resolves when all writes acknowledged by any process are applied here; null if no other
   * process writes, so there is nothing to wait for.
   */
  catchUp(): Promise<void> | null;
  /** Applies a write in all processes that share the lists. Resolves with false if some of them get it later. */
  announce(record: WriteRecord): Promise<boolean>;
  /** The version of a list and its links; increases with every change. Undefined for an unconfigured upstream. */
  versionOf(list: ListName): number | undefined;
  /** Rebuilds the directory with another mapping. Resolves when it is current; a later call supersedes it. */
  remap(mapping: IdentityMapping<Upstream>): Promise<void>;
  /** Begins to read the people lists. Resolves when the first readings have ended, whether or not they succeeded. */
  start(): Promise<void>;
  close(): void;
};

export type UpstreamDataOptions = {
  upstreams: Upstreams;
  identity: IdentitySettings;
  /** CACHE_FRESH_SECONDS. */
  freshSeconds: number;
  /** Called after each page of a people list. */
  onProgress?: (upstream: Upstream, list: PeopleListName, progress: Progress) => void;
  /** Called when a people list has been read. */
  onLoaded?: (upstream: Upstream, list: PeopleListName, rows: number) => void;
  /** `onFailed`: called after each failed reading, before its waiters are rejected. `onRead`: after each success. */
  onFailed?: (list: ListName, failure: UpstreamError) => void;
  onRead?: (upstream: Upstream, list: ListName) => void;
  /** Called after each reading with skipped rows. */
  onSkipped?: (upstream: Upstream, skipped: readonly SkippedRow[]) => void;
  /** Called with each new snapshot. */
  onSwap?: (snapshot: Snapshot) => void;
  /** Observes readings that no operation has begun. */
  observer?: ActivityObserver | null;
  /** Called when a write of any process has been applied to the lists, for data derived from them. */
  onApplied?: (record: WriteRecord) => Promise<void>;
  /** Absent: this process shares nothing. */
  shared?: SharedData;
  clock?: Clock;
};

/** A fifth of Lucca's rate limit (50 requests a minute) allows one page every 6 s (Lucca docs: limits). */
const secondsPerLuccaPage = 6;
/** For upstreams without a published rate limit: at most one page a second. */
const secondsPerPage = 1;
/** Number of pages from which the pace of the deployment's own rate limit is computed. */
const manyPages = 1_000;

export function createUpstreamData(options: UpstreamDataOptions): UpstreamData {
  const { upstreams, identity, freshSeconds, onProgress, onLoaded, clock, shared } = options;
  const configured = allUpstreams.filter((upstream) => upstreams.isConfigured(upstream));
  const keeper = new Keeper(createAssembly(identity, configured), options.onSwap);
  const send = sendReads(options.observer ?? null);
  const peopleKeeper: Pick<Keeper<PeopleLists, Snapshot>, 'publish'> = keeper;
  let latest = identity.mapping;
  let { mapping } = identity;
  let dependenciesOf = mappingDependencies(identity, configured);
  let mappingVersion = 0;
  let generation = 0;

  function remap(next: IdentityMapping<Upstream>): Promise<void> {
    latest = next;
    const commit = () => {
      mapping = next;
      dependenciesOf = mappingDependencies({ ...identity, mapping }, configured);
      mappingVersion += 1;
      generation += 1;
    };
    return keeper.publish('mapping', next, { isWanted: () => latest === next, commit });
  }

  function secondsPerPageOf(upstream: Upstream): number {
    const allowed = upstreams.monitor(upstream)?.limiter.secondsFor(manyPages + 1, 'renewal') ?? 0;
    return Math.max(upstream === 'LUCCA' ? secondsPerLuccaPage : secondsPerPage, allowed / manyPages);
  }

  let reads: { readonly [N in ListName]?: ReadList<Lists[N]> } = {};
  for (const upstream of configured) reads = { ...reads, ...upstreams.client(upstream) };

  function optionsOf<N extends ListName>(name: N, read: ReadList<Lists[N]>) {
    const upstream = upstreamOf(name);
    const limiter = upstreams.monitor(upstream)?.limiter;
    const priority: Priority = isPeopleList(name) ? 'background' : 'interactive';
    return {
      upstream,
      name,
      read,
      priority,
      send,
      onFailed: (failure: UpstreamError) => options.onFailed?.(name, failure),
      secondsFor: (requests: number, as: Priority) => limiter?.secondsFor(requests, as) ?? 0,
      onChange: () => {
        generation += 1;
      },
      ...(clock === undefined ? {} : { clock }),
      // Without caching, copies of other processes are useless: every operation reads again.
      ...(shared === undefined || freshSeconds === 0 ? {} : { shared: shared.listOf(name) }),
    };
  }

  function reportRead(name: ListName, skipped: readonly SkippedRow[]): void {
    options.onRead?.(upstreamOf(name), name);
    if (skipped.length > 0) options.onSkipped?.(upstreamOf(name), skipped);
  }

  function createPeopleList<N extends PeopleListName>(name: N): CachedList<Lists[N]> | null {
    const read = reads[name];
    const upstream = upstreamOf(name);
    if (read === undefined) return null;
    return new CachedList<Lists[N]>({
      ...optionsOf(name, read),
      isAhead: true,
      windows: { kind: 'people', freshSeconds, secondsPerPage: secondsPerPageOf(upstream) },
      publish: (value, commit) => peopleKeeper.publish(name, value, commit),
      onProgress: (progress) => onProgress?.(upstream, name, progress),
      onLoaded: ({ rows, skipped }) => {
        onLoaded?.(upstream, name, rows.length);
        reportRead(name, skipped);
      },
    });
  }

  function createReferenceList<N extends ReferenceListName>(name: N): CachedList<Lists[N]> | null {
    const read = reads[name];
    if (read === undefined) return null;
    return new CachedList<Lists[N]>({
      ...optionsOf(name, read),
      isAhead: false,
      windows: { kind: 'reference', freshSeconds, secondsPerPage: 0 },
      publish: async (_, { isWanted, commit }) => {
        if (isWanted()) commit();
      },
      onProgress: () => undefined,
      onLoaded: ({ skipped }) => reportRead(name, skipped),
    });
  }

  let lists: CachedLists = {};
  for (const name of listNames) {
    const list = isPeopleList(name) ? createPeopleList(name) : createReferenceList(name);
    if (list !== null) lists = { ...lists, [name]: list };
  }

  async function apply(records: readonly WriteRecord[]): Promise<void> {
    for (const record of records) {
      await applyWrite(lists, mapping, record);
      await options.onApplied?.(record);
    }
  }

  const start = async () => {
    await Promise.all(peopleListNames.map((name) => lists[name]?.start()));
  };

  shared?.attach({
    apply,
    reset: async () => {
      for (const list of Object.values(lists)) list.doubt();
      // A missed write may be an erasure, so all lists are re-read at once.
      void start();
    },
  });

  return {
    lists,
    keeper,
    configured,
    get mapping() {
      return mapping;
    },
    get dependenciesOf() {
      return dependenciesOf;
    },
    isUncached: freshSeconds === 0,
    asksOf: (name) => reads[name]?.(null).asks ?? null,
    generation: () => generation,
    catchUp: () => shared?.catchUp() ?? null,
    announce: async (record) => {
      if (shared !== undefined) return shared.announce(record);
      await apply([record]);
      return true;
    },
    versionOf: (name) => {
      const version = lists[name]?.version;
      // Both numbers only increase, so their sum changes whenever one of them does.
      return version === undefined || !isPeopleList(name) ? version : version + mappingVersion;
    },
    remap,
    start,
    close: () => {
      for (const list of Object.values(lists)) list.close();
    },
  };
}
