import type { CachedList } from '../cache/cached-list.ts';
import type { ListRequest } from '../cache/cached-list-options.ts';
import type { Loaded } from '../cache/entry.ts';
import { type Awaitable, whenThere } from '../domain/awaitable.ts';
import type { ListOf } from '../domain/list-reading.ts';
import type { JobQualification, JobRole, NaverItem, Organisation, Profession } from '../domain/organisation.ts';
import type { Upstream } from '../domain/upstream.ts';
import type { AssignmentList } from '../upstreams/ctrl-hub/client.ts';
import type { Upstreams } from '../upstreams/upstreams.ts';
import { batched, type Found, type Loader } from './batch.ts';
import { type CacheStatus, cacheStatusOf } from './cache-status.ts';
import { type DirectoryStatus, directoryStatusOf } from './directory-status.ts';
import {
  type ListName,
  type Lists,
  type PeopleListName,
  peopleListNames,
  peopleListsOf,
  upstreamOfList,
} from './list-names.ts';
import type { ReadPlan } from './plan.ts';
import { skippedRow } from './skipped-row.ts';
import type { UpstreamData } from './upstream-data.ts';
import { Usage } from './usage.ts';
import { notConfigured, unplanned, View } from './view.ts';
import { withAssignments } from './with-assignments.ts';

/** Everything that one operation may ask of the upstreams. Resolvers have no other way to them. */
export type Loaders = {
  plan: ReadPlan;
  upstreams: Upstreams;
  /** The people, as this operation sees them from here on. */
  view(): Awaitable<View>;
  /** A whole list. Throws UPSTREAM_NOT_CONFIGURED, or why it could not be read. */
  rows<N extends ReferenceName>(list: N): Awaitable<Lists[N]['rows']>;
  jobQualification: Loader<string, JobQualification | null>;
  profession: Loader<string, Profession | null>;
  grade: Loader<string, NaverItem | null>;
  position: Loader<string, NaverItem | null>;
  jobRole: Loader<string, JobRole | null>;
  organisation: Loader<string, Organisation | null>;
  data: UpstreamData;
  usage: Usage;
  /** Of the process, since its start. */
  cacheStatusOf(upstream: Upstream): CacheStatus;
  directoryStatusOf(upstream: Upstream): DirectoryStatus | null;
  /** After a write of ours: from here on nobody, and this operation neither, gets these lists as they were before. */
  invalidate(lists: readonly ListName[]): void;
  /** Assignments that were read back after a write; null where they could not be. Resolves when all see them. */
  addAssignments(list: AssignmentList | null): Promise<void>;
};

type ReferenceName = Exclude<ListName, PeopleListName>;
type Outcome = { loaded: Loaded<ListOf<unknown>> } | { error: unknown };

/** Made once per operation, when its plan is known. Everything that it will need is asked for with the first thing. */
export function createLoaders(
  upstreams: Upstreams,
  data: UpstreamData,
  plan: ReadPlan,
  caller: Pick<ListRequest, 'deadline' | 'signal' | 'since'>,
): Loaders {
  const usage = new Usage();
  const planned = withDependencies(plan.lists, data);
  let asked = new Map<ListName, Awaitable<Outcome>>();
  let view: Awaitable<View> | null = null;

  function ask(name: ListName): Awaitable<Outcome> {
    const known = asked.get(name);
    if (known !== undefined) return known;
    const list: CachedList<ListOf<unknown>> | undefined = data.lists[name] as never;
    const outcome = list === undefined ? { error: notConfigured(upstreamOfList[name]) } : outcomeOf(name, list);
    asked.set(name, outcome);
    if (outcome instanceof Promise)
      void outcome.then((settled) => asked.get(name) === outcome && asked.set(name, settled));
    return outcome;
  }

  function outcomeOf(name: ListName, list: CachedList<ListOf<unknown>>): Awaitable<Outcome> {
    const taken = (loaded: Loaded<ListOf<unknown>>): Outcome => {
      usage.note(name, list.version, loaded);
      return { loaded };
    };
    try {
      const got = list.get(caller);
      return got instanceof Promise ? got.then(taken, (error: unknown) => ({ error })) : taken(got);
    } catch (error) {
      return { error };
    }
  }

  /** Lists that are reached late in the tree are asked for beside the first one instead of after it. */
  function askPlanned(): void {
    for (const name of planned) if (data.lists[name] !== undefined) ask(name);
  }

  function openView(): Awaitable<View> {
    askPlanned();
    const needed = peopleListNames.filter((name) => planned.has(name) && data.lists[name] !== undefined);
    const outcomes = needed.map((name) => ask(name));
    const open = () => {
      const opened = new View({
        snapshot: data.keeper.snapshot,
        configured: data.configured,
        whyNot: (name) => {
          const outcome = asked.get(name);
          if (outcome === undefined || outcome instanceof Promise) return unplanned(name);
          return 'error' in outcome ? toError(outcome.error) : undefined;
        },
        dependenciesOf: data.dependenciesOf,
      });
      view = opened;
      return opened;
    };
    return outcomes.some((it) => it instanceof Promise) ? Promise.all(outcomes).then(open) : open();
  }

  function listOf<N extends ReferenceName>(name: N): Awaitable<Lists[N]> {
    askPlanned();
    return whenThere(ask(name), (outcome) => {
      if ('error' in outcome) throw outcome.error;
      // The list of a name is always of the name's type.
      return outcome.loaded.value as Lists[N];
    });
  }

  const currentView = (): Awaitable<View> => {
    view ??= openView();
    return view;
  };

  const inView = <V>(find: (view: View, key: string) => V | null): Loader<string, V | null> => {
    const found = (opened: View, key: string) => {
      opened.requireLists('assignments');
      const value = find(opened, key);
      if (value === null) opened.refuseSkipped('CTRL_HUB', key);
      return value;
    };
    return batched<string, V>(
      async () => {
        const opened = await currentView();
        return (key) => found(opened, key);
      },
      (key) => (view === null || view instanceof Promise ? undefined : found(view, key)),
    );
  };

  const items = {
    jobQualification: keyed<JobQualification>(
      'jobQualifications',
      () => listOf('jobQualifications'),
      (row) => row.luccaId,
    ),
    profession: keyed<Profession>(
      'professions',
      () => listOf('professions'),
      (row) => row.luccaId,
    ),
    grade: keyed<NaverItem>(
      'grades',
      () => listOf('grades'),
      (row) => row.externalKey,
    ),
    position: keyed<NaverItem>(
      'positions',
      () => listOf('positions'),
      (row) => row.externalKey,
    ),
    jobRole: inView(({ snapshot }, id) => snapshot.assignments?.roles.get(id) ?? null),
    organisation: inView(({ snapshot }, id) => snapshot.assignments?.organisations.get(id) ?? null),
  };

  /** An operation sees one snapshot, but for its own writes. */
  function refresh(): void {
    asked = new Map();
    view = null;
    for (const loader of Object.values(items)) loader.clear();
  }

  return {
    plan,
    upstreams,
    view: currentView,
    rows: (name) => whenThere(listOf(name), (list) => list.rows),
    ...items,
    data,
    usage,
    cacheStatusOf: (upstream) => cacheStatusOf(data, upstream),
    directoryStatusOf: (upstream) => directoryStatusOf(data, upstream),
    invalidate: (names) => {
      for (const name of names) data.lists[name]?.invalidate();
      refresh();
    },
    addAssignments: async (list) => {
      if (list === null) data.lists.assignments?.invalidate();
      else await data.lists.assignments?.amend((current) => withAssignments(current, list));
      refresh();
    },
  };
}

/** And the lists that decide, by rows of the mapping file, whom the records of the planned ones belong to. */
function withDependencies(lists: ReadonlySet<ListName>, { dependenciesOf }: UpstreamData): ReadonlySet<ListName> {
  const people = peopleListNames.filter((name) => lists.has(name));
  const upstreams = people.flatMap((name) => dependenciesOf(upstreamOfList[name]));
  return new Set([...lists, ...upstreams.flatMap((upstream) => peopleListsOf[upstream])]);
}

const toError = (error: unknown): Error => (error instanceof Error ? error : new Error('A list could not be read.'));

/** Single rows of a list, by their key. The list is indexed when the first of them is asked for. */
function keyed<V>(
  name: ListName,
  read: () => Awaitable<ListOf<V>>,
  keyOf: (row: V) => string,
): Loader<string, V | null> {
  let index: { list: ListOf<V>; byKey: ReadonlyMap<string, V> } | null = null;
  const lookUp = (list: ListOf<V>, key: string): Found<V> => {
    index ??= { list, byKey: new Map(list.rows.map((row) => [keyOf(row), row])) };
    return index.byKey.get(key) ?? skippedRow(name, list, key);
  };
  const { load, clear } = batched<string, V>(
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
