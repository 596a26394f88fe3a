import { setTimeout as delay } from 'node:timers/promises';
import type { Upstream } from '../../src/domain/upstream.ts';
import { createCompany } from '../../src/sandbox/company/company.ts';
import type { Company } from '../../src/sandbox/company/data.ts';
import type { RecordedRequest } from '../../src/sandbox/emulator.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { type Answer, post, startServer } from '../helpers/graph.ts';
import { keepEvidence } from '../leaks/evidence.ts';
import { type RedisServer, startRedis } from './redis-server.ts';

type Variables = Record<string, string | undefined>;

export type FleetOptions = {
  replicas: number;
  people?: number;
  /** Of every upstream answer. */
  latencyMs?: number;
  /** Lucca's allowance as its emulator enforces it; none unless given. */
  luccaRateLimit?: { count: number; seconds: number };
  env?: Variables;
  redisOptions?: string[];
  /** Called before the first replica is there. */
  prepare?: (sandbox: Sandbox) => unknown;
};

export type Replica = {
  readonly url: string;
  /** Every line that it has logged. */
  readonly log: string[];
  query(document: string, variables?: Record<string, unknown>, headers?: Record<string, string>): Promise<Answer>;
  erase(person: string): Promise<number>;
  /** In Prometheus' text format; for `METRICS_PORT: '0'`. */
  metrics(): Promise<string>;
  stop(): Promise<void>;
};

/** Whole servers in this process, over the same emulated upstreams and one redis-server. */
export type Fleet = {
  readonly sandbox: Sandbox;
  readonly company: Company;
  readonly redis: RedisServer;
  readonly replicas: Replica[];
  /** Another one, with other variables where they are given. */
  add(env?: Variables): Promise<Replica>;
  /** What the upstreams were asked, oldest first, without the requests for tokens. */
  requests(): Record<Upstream, RecordedRequest[]>;
  /** How often a token was asked for. */
  tokenRequests(): number;
  forgetRequests(): void;
  /** Whether any replica has been without Redis since then (performance.now()), if only for a moment. */
  missedRedis(since: number): boolean;
  stop(): Promise<void>;
};

/** Longer than production has: machines that run tests are busy with others. */
const patientTimeout = '10000';

const isToken = ({ target }: RecordedRequest) => target.startsWith('/connect/token');

export async function startFleet(options: FleetOptions): Promise<Fleet> {
  const company = createCompany({ people: options.people ?? 200 });
  const { latencyMs = 0, luccaRateLimit = null } = options;
  const [redis, sandbox] = await Promise.all([
    startRedis(...(options.redisOptions ?? [])),
    startSandbox({ company, latencyMs, luccaRateLimit }),
  ]);
  await options.prepare?.(sandbox);
  const { count, seconds } = luccaRateLimit ?? { count: 1_000_000, seconds: 1 };
  const env = {
    ...sandbox.env,
    LUCCA_RATE_LIMIT: `${count}/${seconds}`,
    REDIS_URL: redis.url,
    REDIS_TIMEOUT_MILLISECONDS: patientTimeout,
    REPLICAS: String(options.replicas),
    ...options.env,
  };
  const replicas: Replica[] = [];

  /** When each replica that has missed Redis had it again; Infinity for one that misses it now. */
  const redisAgainAt = new Map<string[], number>();

  async function add(more: Variables = {}): Promise<Replica> {
    const log: string[] = [];
    const write = (line: string) => {
      log.push(line);
      if (line.includes('Redis is away')) redisAgainAt.set(log, Number.POSITIVE_INFINITY);
      if (line.includes('Redis is back')) redisAgainAt.set(log, performance.now());
      keepEvidence('log of a replica', line);
    };
    const server = await startServer({ ...env, ...more }, sandbox.showcaseEmail, { write }, true, undefined);
    const replica: Replica = {
      url: server.url,
      log,
      query: (document, variables, headers) => post(server.url, { query: document, variables }, headers),
      erase: server.erase,
      metrics: async () => (await fetch(server.metricsUrl ?? '')).text(),
      stop: async () => {
        replicas.splice(replicas.indexOf(replica), 1);
        await server.stop(10_000);
        if (redisAgainAt.has(log)) redisAgainAt.set(log, performance.now());
      },
    };
    replicas.push(replica);
    return replica;
  }

  await Promise.all(Array.from({ length: options.replicas }, () => add()));
  const { lucca, ctrlHub, naver } = sandbox;
  return {
    sandbox,
    company,
    redis,
    replicas,
    add,
    requests: () => ({
      LUCCA: lucca.requests.filter((it) => !isToken(it)),
      CTRL_HUB: [...ctrlHub.requests],
      NAVER: [...naver.requests],
    }),
    tokenRequests: () => lucca.requests.filter(isToken).length,
    forgetRequests: () => {
      for (const { requests } of [lucca, ctrlHub, naver]) requests.length = 0;
    },
    missedRedis: (since) => [...redisAgainAt.values()].some((at) => at >= since),
    stop: async () => {
      await Promise.all([...replicas].map((it) => it.stop()));
      await Promise.all([redis.stop(), sandbox.close()]);
    },
  };
}

/** Waits until it holds, however busy the machine is. */
export async function until(holds: () => boolean | Promise<boolean>, what: string, withinMs = 60_000): Promise<void> {
  for (const end = performance.now() + withinMs; performance.now() < end; ) {
    if (await holds()) return;
    await delay(25);
  }
  throw new Error(`It did not come to this: ${what}.`);
}
