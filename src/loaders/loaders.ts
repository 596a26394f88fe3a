import type { CachedList } from '../cache/cached-list.ts';
import type { ListRequest } from '../cache/cached-list-options.ts';
import type { Loaded } from '../cache/entry.ts';
import { type Awaitable, whenLoaded } from '../domain/awaitable.ts';
import type { ListOf } from '../domain/list-reading.ts';
import type { Upstream } from '../domain/upstream.ts';
import { UpstreamError } from '../errors.ts';
import type { AssignmentList } from '../upstreams/ctrl-hub/client.ts';
import { notConfigured, type Upstreams } from '../upstreams/upstreams.ts';
import { batched, type Found, type Loader } from './batch.ts';
import { type CacheStatus, cacheStatusOf } from './cache-status.ts';
import { type DirectoryStatus, directoryStatusOf } from './directory-status.ts';
import {
  type ListName,
  type Lists,
  peopleListNames,
  peopleListsOf,
  type ReferenceListName,
  type RowOf,
  referenceLists,
  upstreamOf,
} from './list-names.ts';
import type { DependenciesOf } from './mapping-dependencies.ts';
import type { ReadPlan } from './plan.ts';
import { skippedRow } from './skipped-row.ts';
import type { UpstreamData } from './upstream-data.ts';
import { Usage } from './usage.ts';
import { unplanned, View } from './view.ts';
import type { WriteRecord } from './write-record.ts';

/** All access of one operation to the upstreams. Resolvers have no other. */
export type Loaders = {
  plan: ReadPlan;
  upstreams: Upstreams;
  /** The snapshot that this operation uses from here on. */
  view(): Awaitable<View>;
  /** A whole list. Throws UPSTREAM_NOT_CONFIGURED, or the error of the reading. */
  rows<N extends ReferenceListName>(list: N): Awaitable<Lists[N]['rows']>;
  /** One row of a list by key; null if there is none. Throws like `rows`. */
  row<N extends ReferenceListName>(list: N, key: string): Awaitable<RowOf<N> | null>;
  data: UpstreamData;
  usage: Usage;
  /** Statistics since the process started. */
  cacheStatusOf(upstream: Upstream): CacheStatus;
  directoryStatusOf(upstream: Upstream): DirectoryStatus | null;
  /** Invalidates lists after a write of ours: no operation, this one included, gets their earlier values any more. */
  invalidate(lists: readonly ListName[]): Promise<void>;
  /** Adds assignments read back after a write; null if reading back failed. Resolves when all processes have them. */
  addAssignments(list: AssignmentList | null): Promise<void>;
};

type Outcome<List> = { loaded: Loaded<List> } | { error: unknown };
type Outcomes = { [N in ListName]?: Awaitable<Outcome<Lists[N]>> };
type RowLoaders = { [N in ReferenceListName]?: Loader<string, RowOf<N> | null> };

/** Creates the loaders of one operation once its plan is known. The first load requests all planned lists. */
export function createLoaders(upstreams: Upstreams, data: UpstreamData, plan: ReadPlan, caller: ListRequest): Loaders {
  const usage = new Usage();
  let outcomes: Outcomes = {};
  let loaders: RowLoaders = {};
  let view: Awaitable<View> | null = null;

  function request<N extends ListName>(name: N): Awaitable<Outcome<Lists[N]>> {
    const known = outcomes[name];
    if (known !== undefined) return known;
    const list = data.lists[name];
    const outcome = list === undefined ? { error: notConfigured(upstreamOf(name)) } : outcomeOf(name, list);
    outcomes = { ...outcomes, [name]: outcome };
    if (outcome instanceof Promise) {
      void outcome.then((settled) => {
        if (outcomes[name] === outcome) outcomes = { ...outcomes, [name]: settled };
      });
    }
    return outcome;
  }

  function outcomeOf<N extends ListName>(name: N, list: CachedList<Lists[N]>): Awaitable<Outcome<Lists[N]>> {
    const succeeded = (loaded: Loaded<Lists[N]>): Outcome<Lists[N]> => {
      usage.note(name, data.versionOf(name) ?? list.version, loaded);
      return { loaded };
    };
    const failed = (error: unknown): Outcome<Lists[N]> => {
      usage.noteFailed(name, error instanceof UpstreamError ? error.code : 'INTERNAL_SERVER_ERROR');
      return { error };
    };
    try {
      const loaded = list.get(caller);
      return loaded instanceof Promise ? loaded.then(succeeded, failed) : succeeded(loaded);
    } catch (error) {
      return failed(error);
    }
  }

  /** Requests all planned lists at once, so that fields deep in the tree do not wait one after the other. */
  function requestPlanned(): ReadonlySet<ListName> {
    const planned = withDependencies(plan.lists, data.dependenciesOf);
    for (const name of planned) if (data.lists[name] !== undefined) request(name);
    return planned;
  }

  function openView(): Awaitable<View> {
    const { dependenciesOf } = data;
    const planned = requestPlanned();
    const needed = peopleListNames.filter((name) => planned.has(name) && data.lists[name] !== undefined);
    const pending = needed.map((name) => request(name));
    const open = (): Awaitable<View> => {
      // The mapping changed while the lists were read: its links may depend on more lists.
      if (data.dependenciesOf !== dependenciesOf) return openView();
      const opened = new View({
        snapshot: data.keeper.snapshot,
        configured: data.configured,
        failureOf: (name) => {
          const outcome = outcomes[name];
          if (outcome === undefined || outcome instanceof Promise) return unplanned(name);
          return 'error' in outcome ? toError(outcome.error) : undefined;
        },
        asOf: (name) => {
          const outcome = outcomes[name];
          return outcome === undefined || outcome instanceof Promise || 'error' in outcome ? null : outcome.loaded.asOf;
        },
        dependenciesOf,
      });
      view = opened;
      return opened;
    };
    return pending.some((outcome) => outcome instanceof Promise) ? Promise.all(pending).then(open) : open();
  }

  function listOf<N extends ReferenceListName>(name: N): Awaitable<Lists[N]> {
    requestPlanned();
    return whenLoaded(request(name), (outcome) => {
      if ('error' in outcome) throw outcome.error;
      return outcome.loaded.value;
    });
  }

  function row<N extends ReferenceListName>(name: N, key: string): Awaitable<RowOf<N> | null> {
    const known = loaders[name];
    if (known !== undefined) return known.load(key);
    const loader = keyed<Lists[N], RowOf<N>>(name, () => listOf(name), referenceLists[name].index);
    loaders = { ...loaders, [name]: loader };
    return loader.load(key);
  }

  /** Takes a new snapshot after a write of this operation. Otherwise an operation uses one snapshot. */
  function refresh(): void {
    outcomes = {};
    loaders = {};
    view = null;
  }

  async function announce(record: WriteRecord): Promise<void> {
    if (record.kind !== 'invalidate' || record.lists.length > 0) await data.announce(record);
    refresh();
  }

  return {
    plan,
    upstreams,
    view: () => {
      view ??= openView();
      return view;
    },
    rows: (name) => whenLoaded(listOf(name), (list) => list.rows),
    row,
    data,
    usage,
    cacheStatusOf: (upstream) => cacheStatusOf(data, upstream),
    directoryStatusOf: (upstream) => directoryStatusOf(data, upstream),
    invalidate: (lists) => announce({ kind: 'invalidate', lists }),
    addAssignments: (list) =>
      announce(list === null ? { kind: 'invalidate', lists: ['assignments'] } : { kind: 'assignments', list }),
  };
}

/** Adds the lists on which the planned lists' links depend through rows of the mapping file. */
function withDependencies(lists: ReadonlySet<ListName>, dependenciesOf: DependenciesOf): ReadonlySet<ListName> {
  const people = peopleListNames.filter((name) => lists.has(name));
  const upstreams = people.flatMap((name) => dependenciesOf(upstreamOf(name)));
  return new Set([...lists, ...upstreams.flatMap((upstream) => peopleListsOf(upstream))]);
}

const toError = (error: unknown): Error => (error instanceof Error ? error : new Error('A list could not be read.'));

/** Loads single rows of a list by key. The list is indexed on first use. */
function keyed<List extends Pick<ListOf<Row>, 'rows' | 'skipped'>, Row>(
  name: ListName,
  read: () => Awaitable<List>,
  indexOf: (rows: List['rows']) => ReadonlyMap<string, Row>,
): Loader<string, Row | null> {
  let index: { list: List; byKey: ReadonlyMap<string, Row> } | null = null;
  const lookUp = (list: List, key: string): Found<Row> => {
    index ??= { list, byKey: indexOf(list.rows) };
    return index.byKey.get(key) ?? skippedRow(name, list, key);
  };
  const { load, clear } = batched<string, Row>(
    async () => {
      const list = await read();
      return (key) => lookUp(list, key);
    },
    (key) => {
      const list = index === null ? read() : index.list;
      if (!(list instanceof Promise)) return lookUp(list, key);
      // The loader awaits the same list and reports its failure.
      list.catch(() => undefined);
      return undefined;
    },
  );
  return {
    load,
    clear: () => {
      index = null;
      clear();
    },
  };
}
