import type { DestinationStream } from 'pino';
import { z } from 'zod';
import type { Clock } from '../../src/cache/clock.ts';
import { readConfig } from '../../src/config/config.ts';
import type { Upstream } from '../../src/domain/upstream.ts';
import { createCompany } from '../../src/sandbox/company/company.ts';
import type { Company } from '../../src/sandbox/company/data.ts';
import type { RecordedRequest } from '../../src/sandbox/emulator.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { createConfiguredGraph } from '../../src/server/configured-graph.ts';
import { listen } from '../../src/server/http-server.ts';
import { createLogger } from '../../src/server/logger.ts';
import { listenForMetrics } from '../../src/server/metrics/metrics-server.ts';
import { keepErrors, keepEvidence, keepSecrets } from '../leaks/evidence.ts';
import { deployment } from './deployment.ts';

type Variables = Record<string, string | undefined>;

export type GraphOptions = {
  /** 200 unless given. */
  people?: number;
  /** Unless given, the sandbox's own of so many people. */
  company?: Company;
  /** Of every upstream answer. */
  latencyMs?: number;
  /** Lucca's allowance as its emulator enforces it; none unless given. */
  luccaRateLimit?: { count: number; seconds: number };
  /** Called before the server is there, which begins to read as soon as it is. */
  prepare?: (sandbox: Sandbox) => unknown;
  /** False for a process that is asked before its first readings have ended. */
  waitsForDirectory?: boolean;
  /** Of the cache; the machine's own unless given. */
  clock?: Clock;
  /** Variables of the deployment besides the sandbox's own; undefined takes one of those away. */
  env?: Variables;
};

const answerShape = z.object({
  data: z.unknown().optional(),
  errors: z
    .array(
      z.object({
        message: z.string(),
        path: z.array(z.union([z.string(), z.number()])).optional(),
        extensions: z
          .object({
            code: z.string(),
            upstream: z.string(),
            retryAfterSeconds: z.number(),
            traceId: z.string(),
            errorId: z.string(),
          })
          .partial()
          .default({}),
      }),
    )
    .default([]),
});

/** A GraphQL answer over HTTP. `errors` is empty where there are none. */
export type Answer = z.infer<typeof answerShape> & { status: number };

/** The whole server in this process, over emulated upstreams of its own. */
export type TestGraph = {
  readonly sandbox: Sandbox;
  readonly company: Company;
  /** Of the running server; changes with `restartGraph`. */
  readonly url: string;
  /** Every line that the server has logged. */
  readonly log: string[];
  query(document: string, variables?: Record<string, unknown>, headers?: Record<string, string>): Promise<Answer>;
  /** What the upstreams were asked, oldest first, without the requests for tokens. */
  requests(): Record<Upstream, RecordedRequest[]>;
  forgetRequests(): void;
  /** What Prometheus is told. Throws without METRICS_PORT. */
  metrics(): Promise<string>;
  /** As `npm run forget` does it. Resolves with the number of records. */
  erase(person: string): Promise<number>;
  /** A fresh server, which remembers nothing, over the same upstreams. A function is called between the two. */
  restartGraph(changes?: Variables | (() => Variables)): Promise<void>;
  stop(): Promise<void>;
};

export async function startGraph(options: GraphOptions = {}): Promise<TestGraph> {
  const sandbox = await startSandbox({
    company: options.company ?? createCompany({ people: options.people ?? 200 }),
    latencyMs: options.latencyMs ?? 0,
    luccaRateLimit: options.luccaRateLimit ?? null,
  });
  await options.prepare?.(sandbox);
  const log: string[] = [];
  const write = (line: string) => {
    log.push(line);
    keepEvidence('log of the server', line);
  };
  const { count, seconds } = options.luccaRateLimit ?? { count: 1_000_000, seconds: 1 };
  let env = { ...sandbox.env, LUCCA_RATE_LIMIT: `${count}/${seconds}`, ...deployment, ...options.env };
  const waits = options.waitsForDirectory ?? true;
  const start = () => startServer(env, sandbox.showcaseEmail, { write }, waits, options.clock);
  let server = await start();
  const emulators = { LUCCA: sandbox.lucca, CTRL_HUB: sandbox.ctrlHub, NAVER: sandbox.naver };
  const isData = ({ target }: RecordedRequest) => !target.startsWith('/connect/token');

  return {
    sandbox,
    company: sandbox.company,
    get url() {
      return server.url;
    },
    log,
    query: (document, variables, headers) => post(server.url, { query: document, variables }, headers),
    requests: () => ({
      LUCCA: emulators.LUCCA.requests.filter(isData),
      CTRL_HUB: [...emulators.CTRL_HUB.requests],
      NAVER: [...emulators.NAVER.requests],
    }),
    forgetRequests: () => {
      for (const { requests } of Object.values(emulators)) requests.length = 0;
    },
    metrics: async () => {
      if (server.metricsUrl === null) throw new Error('METRICS_PORT is not set.');
      const text = await (await fetch(server.metricsUrl)).text();
      keepEvidence('metrics', text);
      return text;
    },
    erase: (person) => server.erase(person),
    restartGraph: async (changes = {}) => {
      await server.stop();
      env = { ...env, ...(typeof changes === 'function' ? changes() : changes) };
      server = await start();
    },
    stop: async () => {
      await server.stop();
      await sandbox.close();
    },
  };
}

/** As the real start does it, but for the port, the log and the signals. */
export async function startServer(
  env: Record<string, string | undefined>,
  exampleEmail: string,
  log: DestinationStream,
  waits: boolean,
  clock: Clock | undefined,
) {
  keepSecrets(env);
  const config = readConfig(env);
  const logger = createLogger(config.logLevel, log);
  const { graph, firstReadings, readiness, metrics, close } = await createConfiguredGraph(
    ...([config, logger, exampleEmail, clock] as const),
  );
  if (waits) await firstReadings;
  const server = await listen(graph, { ...config.serving, host: '127.0.0.1', port: 0, readiness });
  const scraped = config.telemetry.metrics;
  const metricsServer = metrics && scraped && (await listenForMetrics(metrics, scraped));
  return {
    url: server.url,
    metricsUrl: metricsServer && `http://127.0.0.1:${metricsServer.address.port}/metrics`,
    erase: graph.erasePerson,
    stop: async (graceMs = 0) => {
      await Promise.all([server.stop({ graceMs }), metricsServer?.stop()]);
      await close();
    },
  };
}

export async function post(url: string, body: object, headers: Record<string, string> = {}): Promise<Answer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  const answer: unknown = await response.json();
  keepErrors(answer);
  return { ...answerShape.parse(answer), status: response.status };
}
