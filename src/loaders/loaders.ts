import type { CachedList } from '../cache/cached-list.ts';
import type { ListRequest } from '../cache/cached-list-options.ts';
import type { Loaded } from '../cache/entry.ts';
import { type Awaitable, whenThere } from '../domain/awaitable.ts';
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

/** Everything that one operation may ask of the upstreams. Resolvers have no other way to them. */
export type Loaders = {
  plan: ReadPlan;
  upstreams: Upstreams;
  /** The people, as this operation sees them from here on. */
  view(): Awaitable<View>;
  /** A whole list. Throws UPSTREAM_NOT_CONFIGURED, or why it could not be read. */
  rows<N extends ReferenceListName>(list: N): Awaitable<Lists[N]['rows']>;
  /** One row of a list, by its key; null for none. Throws as `rows`. */
  row<N extends ReferenceListName>(list: N, key: string): Awaitable<RowOf<N> | null>;
  data: UpstreamData;
  usage: Usage;
  /** Of the process, since its start. */
  cacheStatusOf(upstream: Upstream): CacheStatus;
  directoryStatusOf(upstream: Upstream): DirectoryStatus | null;
  /** After a write of ours: from here on nobody, and this operation neither, gets these lists as they were before. */
  invalidate(lists: readonly ListName[]): Promise<void>;
  /** Assignments that were read back after a write; null where they could not be. Resolves when all see them. */
  addAssignments(list: AssignmentList | null): Promise<void>;
};

type Outcome<List> = { loaded: Loaded<List> } | { error: unknown };
type Outcomes = { [N in ListName]?: Awaitable<Outcome<Lists[N]>> };
type RowLoaders = { [N in ReferenceListName]?: Loader<string, RowOf<N> | null> };

/** Made once per operation, when its plan is known. Everything that it will need is asked for with the first thing. */
export function createLoaders(upstreams: Upstreams, data: UpstreamData, plan: ReadPlan, caller: ListRequest): Loaders {
  const usage = new Usage();
  let asked: Outcomes = {};
  let loaders: RowLoaders = {};
  let view: Awaitable<View> | null = null;

  function ask<N extends ListName>(name: N): Awaitable<Outcome<Lists[N]>> {
    const known = asked[name];
    if (known !== undefined) return known;
    const list = data.lists[name];
    const outcome = list === undefined ? { error: notConfigured(upstreamOf(name)) } : outcomeOf(name, list);
    asked = { ...asked, [name]: outcome };
    if (outcome instanceof Promise) {
      void outcome.then((settled) => {
        if (asked[name] === outcome) asked = { ...asked, [name]: settled };
      });
    }
    return outcome;
  }

  function outcomeOf<N extends ListName>(name: N, list: CachedList<Lists[N]>): Awaitable<Outcome<Lists[N]>> {
    const taken = (loaded: Loaded<Lists[N]>): Outcome<Lists[N]> => {
      usage.note(name, data.versionOf(name) ?? list.version, loaded);
      return { loaded };
    };
    const failed = (error: unknown): Outcome<Lists[N]> => {
      usage.noteFailed(name, error instanceof UpstreamError ? error.code : 'INTERNAL_SERVER_ERROR');
      return { error };
    };
    try {
      const got = list.get(caller);
      return got instanceof Promise ? got.then(taken, failed) : taken(got);
    } catch (error) {
      return failed(error);
    }
  }

  /** Lists that are reached late in the tree are asked for beside the first one instead of after it. */
  function askPlanned(): ReadonlySet<ListName> {
    const planned = withDependencies(plan.lists, data.dependenciesOf);
    for (const name of planned) if (data.lists[name] !== undefined) ask(name);
    return planned;
  }

  function openView(): Awaitable<View> {
    const { dependenciesOf } = data;
    const planned = askPlanned();
    const needed = peopleListNames.filter((name) => planned.has(name) && data.lists[name] !== undefined);
    const outcomes = needed.map((name) => ask(name));
    const open = (): Awaitable<View> => {
      // The mapping has changed meanwhile: the links that it makes may depend on more lists.
      if (data.dependenciesOf !== dependenciesOf) return openView();
      const opened = new View({
        snapshot: data.keeper.snapshot,
        configured: data.configured,
        whyNot: (name) => {
          const outcome = asked[name];
          if (outcome === undefined || outcome instanceof Promise) return unplanned(name);
          return 'error' in outcome ? toError(outcome.error) : undefined;
        },
        asOf: (name) => {
          const outcome = asked[name];
          return outcome === undefined || outcome instanceof Promise || 'error' in outcome ? null : outcome.loaded.asOf;
        },
        dependenciesOf,
      });
      view = opened;
      return opened;
    };
    return outcomes.some((it) => it instanceof Promise) ? Promise.all(outcomes).then(open) : open();
  }

  function listOf<N extends ReferenceListName>(name: N): Awaitable<Lists[N]> {
    askPlanned();
    return whenThere(ask(name), (outcome) => {
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

  /** An operation sees one snapshot, but for its own writes. */
  function refresh(): void {
    asked = {};
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
    rows: (name) => whenThere(listOf(name), (list) => list.rows),
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

/** And the lists that decide, by rows of the mapping file, whom the records of the planned ones belong to. */
function withDependencies(lists: ReadonlySet<ListName>, dependenciesOf: DependenciesOf): ReadonlySet<ListName> {
  const people = peopleListNames.filter((name) => lists.has(name));
  const upstreams = people.flatMap((name) => dependenciesOf(upstreamOf(name)));
  return new Set([...lists, ...upstreams.flatMap((upstream) => peopleListsOf(upstream))]);
}

const toError = (error: unknown): Error => (error instanceof Error ? error : new Error('A list could not be read.'));

/** Single rows of a list, by their key. The list is indexed when the first of them is asked for. */
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
      // Whoever loads the key waits for the same list, and hears of its failure.
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
