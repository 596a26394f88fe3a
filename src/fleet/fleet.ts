import type { Upstream } from '../domain/upstream.ts';
import { listShapes, writeShape } from '../loaders/generated/stored-shapes.ts';
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

/** Names by which replicas share values. Names are digests. Contexts are only compared, never stored. */
type FleetNames = {
  /** Digest of all accounts. Replicas with the same accounts share lists and writes. */
  deployment: string;
  /** Digest of one upstream's account. Replicas with the same account share its rate limit. */
  accountOf(upstream: Upstream): string;
  /** The settings with which an upstream is read. Replicas with other settings would see other lists. */
  contextOf(upstream: Upstream): string;
  /** Null if Lucca is not configured. */
  token: { name: string; context: string } | null;
};

export type FleetOptions = RedisOptions & {
  /** The first key encrypts, every key decrypts. */
  keys: readonly Buffer[];
  replicas: number;
  names: FleetNames;
};

/** What this replica shares with the others through Redis. */
export type Fleet = {
  readonly isAway: boolean;
  upstreams: SharedUpstreams;
  data: SharedData;
  /** Prefix of the keys that count callers' requests. */
  callersPrefix: string;
  /** Runs a library's script. Throws RedisAway. */
  eval(text: string, options: { keys: string[]; arguments: string[] }): Promise<unknown>;
  close(): Promise<void>;
};

/**
 * Connects to Redis, which holds five things: the write log (the generation of the data), the lists that replicas have read,
 * the leases that let one replica read at a time, the access token, and the ledgers of requests. Redis may lose any of them
 * at any time. A replica then behaves as if it were the first one; it never shows wrong data.
 */
export async function openFleet({ keys, replicas, names, ...options }: FleetOptions): Promise<Fleet> {
  const redis = new Redis(options);
  const seal = createSeal(keys);
  // The braces are a hash tag: a Redis cluster keeps all keys of one script on one node.
  const prefix = `hr-graph:{${names.deployment}}`;
  const ledgers: SharedLedger[] = [];
  let process: Parameters<SharedData['attach']>[0] | null = null;

  const restoreLedgers = async () => {
    // If Redis is away again, the next time that it is back.
    await Promise.all(ledgers.map((ledger) => ledger.restore().catch(() => undefined)));
  };

  const log = new WriteLog<WriteRecord>({
    redis,
    seal: seal.of(writeShape),
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
      // Replicas of two releases run side by side during an upgrade: one of them may lack a member of the rows.
      seal: seal.of(JSON.stringify([names.contextOf(upstreamOf(name)), listShapes[name]])),
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
