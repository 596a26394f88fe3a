import { readConfig } from '../../src/config/config.ts';
import type { Upstream } from '../../src/domain/upstream.ts';
import { createUpstreamData, type UpstreamData } from '../../src/loaders/upstream-data.ts';
import { createCompany } from '../../src/sandbox/company/company.ts';
import type { Company } from '../../src/sandbox/company/data.ts';
import type { Emulator, RecordedRequest } from '../../src/sandbox/emulator.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { createUpstreams } from '../../src/upstreams/upstreams.ts';
import { keepSecrets } from '../leaks/evidence.ts';
import { ManualClock } from './manual-clock.ts';

export type UpstreamListsOptions = {
  /** 200 unless given. */
  people?: number;
  company?: Company;
  /** Lucca's allowance as its emulator enforces it; none unless given. */
  luccaRateLimit?: { count: number; seconds: number };
  env?: Record<string, string>;
};

/** The cached lists and the snapshot of a deployment over emulated upstreams, without a server; time stands still. */
export type UpstreamLists = {
  readonly sandbox: Sandbox;
  readonly company: Company;
  readonly data: UpstreamData;
  readonly clock: ManualClock;
  /** A request of somebody who waits for ten seconds. */
  caller(since?: number | null): { deadline: number; signal: AbortSignal; since: number | null };
  /** What the upstreams were asked, oldest first, without the requests for tokens. */
  requests(upstream?: Upstream): RecordedRequest[];
  forgetRequests(): void;
  /** Waits until nothing is being read. */
  settle(): Promise<void>;
  /** A process of its own, over the same upstreams, which has read nothing yet. */
  another(): UpstreamData;
  stop(): Promise<void>;
};

export async function startLists(options: UpstreamListsOptions = {}): Promise<UpstreamLists> {
  const { luccaRateLimit = null, people = 200, company = createCompany({ people }), env = {} } = options;
  const sandbox = await startSandbox({ company, luccaRateLimit });
  const { count, seconds } = luccaRateLimit ?? { count: 1_000_000, seconds: 1 };
  const variables = { ...sandbox.env, LUCCA_RATE_LIMIT: `${count}/${seconds}`, ...env };
  keepSecrets(variables);
  const { upstreams: settings, identity, freshSeconds } = readConfig(variables);
  const clock = new ManualClock();
  const opened: { data: UpstreamData; close(): Promise<void> }[] = [];
  const emulators: Record<Upstream, Emulator> = {
    LUCCA: sandbox.lucca,
    CTRL_HUB: sandbox.ctrlHub,
    NAVER: sandbox.naver,
  };

  function open(): UpstreamData {
    const upstreams = createUpstreams(settings);
    const data = createUpstreamData({ upstreams, identity, freshSeconds, clock });
    opened.push({ data, close: () => upstreams.close() });
    return data;
  }

  const isIdle = () => opened.every(({ data }) => Object.values(data.lists).every((it) => it.progress === null));
  const data = open();
  return {
    sandbox,
    company,
    data,
    clock,
    caller: (since = null) => ({
      deadline: performance.now() + 10_000,
      signal: new AbortController().signal,
      since,
    }),
    requests: (upstream) =>
      Object.entries(emulators)
        .flatMap(([name, { requests }]) => (upstream === undefined || name === upstream ? requests : []))
        .filter(({ target }) => !target.startsWith('/connect/token')),
    forgetRequests: () => {
      for (const { requests } of Object.values(emulators)) requests.length = 0;
    },
    settle: async () => {
      do await new Promise((resolve) => setTimeout(resolve, 5));
      while (!isIdle());
    },
    another: open,
    stop: async () => {
      for (const it of opened) it.data.close();
      await Promise.all(opened.map((it) => it.close()));
      await sandbox.close();
    },
  };
}
