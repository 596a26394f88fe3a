import type { Upstream } from '../domain/upstream.ts';
import { isPeopleList, type ListName, type Lists, listNames, upstreamOf } from '../loaders/list-names.ts';
import type { SharedData } from '../loaders/shared-data.ts';
import { replayed, type WriteRecord } from '../loaders/write-record.ts';
import type { SharedUpstreams } from '../upstreams/upstreams.ts';
import { createLedger, type SharedLedger } from './ledger.ts';
import { Redis, type RedisOptions, type Script, script } from './redis.ts';
import { createSeal } from './seal.ts';
import { ListStore } from './shared-list.ts';
import { createTokenStore } from './token-store.ts';
import { WriteLog } from './write-log.ts';

/** By what replicas find each other. Names are digests, and contexts are in no value: they only have to be equal. */
type FleetNames = {
  /** All accounts together: who has the same shares lists and writes. */
  deployment: string;
  /** An upstream's account: who has the same draws on one allowance. */
  accountOf(upstream: Upstream): string;
  /** How an upstream is read: who does it otherwise sees other lists. */
  contextOf(upstream: Upstream): string;
  /** Null without Lucca. */
  token: { name: string; context: string } | null;
};

export type FleetOptions = RedisOptions & {
  /** The first encrypts. */
  keys: readonly Buffer[];
  replicas: number;
  names: FleetNames;
};

/** What this process shares with the other replicas, by way of Redis. */
export type Fleet = {
  readonly isAway: boolean;
  upstreams: SharedUpstreams;
  data: SharedData;
  /** Before the names of what is counted of callers. */
  callersPrefix: string;
  /** Runs a script of somebody else. Throws RedisAway. */
  eval(text: string, options: { keys: string[]; arguments: string[] }): Promise<unknown>;
  close(): Promise<void>;
};

/**
 * Redis holds five things, each under names of its own: the log of writes (the generation of the data), the lists that
 * replicas have read, the leases by which one of them reads, the access token, and the ledgers of requests. All can be
 * lost at any time: then it is as if this were the first process, and nothing wrong is ever shown.
 */
export async function openFleet({ keys, replicas, names, ...options }: FleetOptions): Promise<Fleet> {
  const redis = new Redis(options);
  const seal = createSeal(keys);
  // In braces what a cluster places by: keys of one script belong together.
  const prefix = `hr-graph:{${names.deployment}}`;
  const ledgers: SharedLedger[] = [];
  let process: Parameters<SharedData['attach']>[0] | null = null;

  const restoreLedgers = async () => {
    // Away again: the next time.
    await Promise.all(ledgers.map((ledger) => ledger.restore().catch(() => undefined)));
  };

  const log = new WriteLog<WriteRecord>({
    redis,
    seal,
    prefix,
    apply: async (records) => process?.apply(records),
    reset: async () => {
      await process?.reset();
      await restoreLedgers();
    },
  });

  const storeOf = <N extends ListName>(name: N) =>
    new ListStore<Lists[N], WriteRecord>({
      redis,
      seal: seal.of(names.contextOf(upstreamOf(name))),
      key: `${prefix}:list:${name}`,
      log,
      replay: (list, record) => replayed(name, list, record),
    });
  let stores: { readonly [N in ListName]?: ListStore<Lists[N], WriteRecord> } = {};
  for (const name of listNames) stores = { ...stores, [name]: storeOf(name) };
  const peopleKeys = listNames.filter(isPeopleList).flatMap((name) => stores[name]?.keys ?? []);

  redis.onBack(() => void restoreLedgers());
  await redis.start();
  await log.begin();

  const scripts = new Map<string, Script>();
  const scriptOf = (text: string): Script => {
    const known = scripts.get(text) ?? script(text);
    scripts.set(text, known);
    return known;
  };

  const { token } = names;
  return {
    get isAway() {
      return redis.isAway;
    },
    callersPrefix: `${prefix}:caller`,
    eval: (text, { keys: names, arguments: values }) => redis.run(scriptOf(text), names, values),
    upstreams: {
      allowanceOf: (upstream) => ({
        replicas,
        openLedger: (limits) => {
          const ledger = createLedger(redis, `hr-graph:{${names.accountOf(upstream)}}:allowance`, limits);
          ledgers.push(ledger);
          return ledger;
        },
      }),
      ...(token && { tokenStore: createTokenStore(redis, seal.of(token.context), `hr-graph:{${token.name}}:token`) }),
    },
    data: {
      listOf: (name) => stores[name] ?? storeOf(name),
      catchUp: () => log.catchUp(),
      announce: (record) => log.append(record, record.kind === 'erase' ? peopleKeys : []),
      attach: (it) => {
        process = it;
      },
    },
    close: async () => {
      log.close();
      await redis.close();
    },
  };
}
