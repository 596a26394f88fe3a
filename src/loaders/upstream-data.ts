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

/** What the process has read of the upstreams: the lists, and the snapshot that follows from those of people. */
export type UpstreamData = {
  readonly lists: CachedLists;
  readonly keeper: Keeper<SnapshotInputs, Snapshot>;
  readonly configured: readonly Upstream[];
  /** Whether every operation has to read anew: CACHE_FRESH_SECONDS=0. */
  readonly isUncached: boolean;
  /** What is linked by hand now. */
  readonly mapping: IdentityMapping<Upstream>;
  /** Upstreams whose records may decide, by rows of the mapping file, whom a record of this one belongs to. */
  readonly dependenciesOf: DependenciesOf;
  /** What a reading of the list asks, where it is known; asks nothing. */
  asksOf(list: ListName): AskedRequest | null;
  /** Grows with every change of any list and of the mapping, and with every write of ours. */
  generation(): number;
  /**
   * What every read does first: resolves when all is applied here that was written through any process and acknowledged;
   * null where no other process writes, and nothing is to be waited for.
   */
  catchUp(): Promise<void> | null;
  /** Applies a write, here and in all processes that share the lists. False where those will hear of it later. */
  announce(record: WriteRecord): Promise<boolean>;
  /** Of a list and of what follows from it: grows with every change of either. Undefined where it is not configured. */
  versionOf(list: ListName): number | undefined;
  /** Links everybody anew by another mapping. Resolves when that is current; a later call wins over an earlier one. */
  remap(mapping: IdentityMapping<Upstream>): Promise<void>;
  /** Begins to read everybody. Resolves when the first readings have ended, however that is. */
  start(): Promise<void>;
  close(): void;
};

export type UpstreamDataOptions = {
  upstreams: Upstreams;
  identity: IdentitySettings;
  /** CACHE_FRESH_SECONDS. */
  freshSeconds: number;
  /** Called after each page of the lists that are read ahead. */
  onProgress?: (upstream: Upstream, list: PeopleListName, progress: Progress) => void;
  /** Called when one of these lists has been read. */
  onLoaded?: (upstream: Upstream, list: PeopleListName, rows: number) => void;
  /** Called after each reading of any list that failed, before anybody who waits hears of it, and that succeeded. */
  onFailed?: (list: ListName, failure: UpstreamError) => void;
  onRead?: (upstream: Upstream, list: ListName) => void;
  /** Called after each reading of which something could not be used. */
  onSkipped?: (upstream: Upstream, skipped: readonly SkippedRow[]) => void;
  /** Called with each new snapshot. */
  onSwap?: (snapshot: Snapshot) => void;
  /** Is told what readings ask and wait for that nobody has begun. */
  observer?: ActivityObserver | null;
  /** Called when a write has been applied to the lists, whoever has written: for what is made of them. */
  onApplied?: (record: WriteRecord) => Promise<void>;
  /** Unless given, this process shares nothing. */
  shared?: SharedData;
  clock?: Clock;
};

/** Lucca's allowance of 50 a minute is enough to read a list again and again by a fifth of it (Lucca docs: limits). */
const secondsPerLuccaPage = 6;
/** Where no allowance is published we take no more than a page a second. */
const secondsPerPage = 1;
/** So many pages tell the pace that a deployment's own allowance permits. */
const manyPages = 1_000;

export function createUpstreamData(options: UpstreamDataOptions): UpstreamData {
  const { upstreams, identity, freshSeconds, onProgress, onLoaded, clock, shared } = options;
  const configured = allUpstreams.filter((upstream) => upstreams.isConfigured(upstream));
  const keeper = new Keeper(createAssembly(identity, configured), options.onSwap);
  const send = sendReads(options.observer ?? null);
  const peopleKeeper: Pick<Keeper<PeopleLists, Snapshot>, 'publish'> = keeper;
  let wanted = identity.mapping;
  let { mapping } = identity;
  let dependenciesOf = mappingDependencies(identity, configured);
  let mappingVersion = 0;
  let generation = 0;

  function remap(next: IdentityMapping<Upstream>): Promise<void> {
    wanted = next;
    const commit = () => {
      mapping = next;
      dependenciesOf = mappingDependencies({ ...identity, mapping }, configured);
      mappingVersion += 1;
      generation += 1;
    };
    return keeper.publish('mapping', next, { isWanted: () => wanted === next, commit });
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
      // Where every operation reads anew, nobody has a use for what others have read.
      ...(shared === undefined || freshSeconds === 0 ? {} : { shared: shared.listOf(name) }),
    };
  }

  function tellRead(name: ListName, skipped: readonly SkippedRow[]): void {
    options.onRead?.(upstreamOf(name), name);
    if (skipped.length > 0) options.onSkipped?.(upstreamOf(name), skipped);
  }

  function readAhead<N extends PeopleListName>(name: N): CachedList<Lists[N]> | null {
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
        tellRead(name, skipped);
      },
    });
  }

  function readOnDemand<N extends ReferenceListName>(name: N): CachedList<Lists[N]> | null {
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
      onLoaded: ({ skipped }) => tellRead(name, skipped),
    });
  }

  let lists: CachedLists = {};
  for (const name of listNames) {
    const list = isPeopleList(name) ? readAhead(name) : readOnDemand(name);
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
      // Somebody may have been erased: nothing of what was read stays longer than it has to.
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
      // Both only grow, so that their sum stays the same only if both do.
      return version === undefined || !isPeopleList(name) ? version : version + mappingVersion;
    },
    remap,
    start,
    close: () => {
      for (const cached of Object.values(lists)) cached.close();
    },
  };
}
