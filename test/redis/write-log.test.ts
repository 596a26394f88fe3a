import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Redis } from '../../src/fleet/redis.ts';
import { createSeal } from '../../src/fleet/seal.ts';
import { WriteLog } from '../../src/fleet/write-log.ts';
import { hasProgram } from '../programs/programs.ts';
import { type RedisServer, startRedis } from './redis-server.ts';

let server: RedisServer;
beforeAll(async () => {
  if (hasProgram('redis-server')) server = await startRedis();
});
afterAll(() => server?.stop());

type Source = 'a' | 'b';

/** The upstream: how often each source has been written. */
type Truth = Record<Source, number>;

/** One process: what it has read of each source, as long as that serves. */
class Reader {
  readonly held: Partial<Truth> = {};
  resets = 0;
  readonly log: WriteLog<{ source: Source }>;
  readonly #redis: Redis;
  readonly #truth: Truth;

  constructor(truth: Truth, prefix: string, key = Buffer.alloc(32, 1)) {
    this.#truth = truth;
    this.#redis = new Redis({ url: server.url, timeoutMs: 5_000, onAway: () => undefined, onBack: () => undefined });
    this.log = new WriteLog({
      redis: this.#redis,
      seal: createSeal([key]),
      prefix,
      apply: async (records) => {
        for (const { source } of records) delete this.held[source];
      },
      reset: async () => {
        this.resets += 1;
        delete this.held.a;
        delete this.held.b;
      },
    });
  }

  async start(): Promise<void> {
    await this.#redis.start();
    await this.log.begin();
  }

  async read(source: Source): Promise<number> {
    await this.log.catchUp();
    this.held[source] ??= this.#truth[source];
    return this.held[source];
  }

  async write(source: Source): Promise<number> {
    this.#truth[source] += 1;
    const written = this.#truth[source];
    await this.log.append({ source });
    return written;
  }

  async stop(): Promise<void> {
    this.log.close();
    await this.#redis.close();
  }
}

const source = fc.constantFrom<Source>('a', 'b');
const who = fc.nat({ max: 2 });
const step = fc.oneof(
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('read' as const), who, source }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('write' as const), who, source }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constantFrom('flush' as const, 'trim' as const, 'head' as const, 'type' as const),
    }),
  },
);

let prefixes = 0;
function nextPrefix(): string {
  prefixes += 1;
  return `test:{${prefixes}}`;
}

async function disturb(kind: 'flush' | 'trim' | 'head' | 'type', prefix: string): Promise<void> {
  if (kind === 'flush') await server.command('FLUSHALL');
  if (kind === 'trim') await server.command('LTRIM', `${prefix}:log`, '-1', '-1').catch(() => undefined);
  if (kind === 'head') await server.command('SET', `${prefix}:head`, 'a stranger was here');
  if (kind === 'type') {
    await server.command('DEL', `${prefix}:log`);
    await server.command('SADD', `${prefix}:log`, 'a stranger was here');
  }
}

describe.skipIf(!hasProgram('redis-server'))('the log of writes', () => {
  it('never lets a read miss a write that was acknowledged before it began, whatever becomes of Redis', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 30 }), async (steps) => {
        const truth = { a: 0, b: 0 };
        const prefix = nextPrefix();
        const readers = [0, 1, 2].map(() => new Reader(truth, prefix));
        await Promise.all(readers.map((it) => it.start()));
        const acknowledged = { a: 0, b: 0 };
        for (const it of steps) {
          if (!('who' in it)) {
            await disturb(it.kind, prefix);
            continue;
          }
          const reader = readers[it.who] ?? expect.unreachable();
          if (it.kind === 'write') acknowledged[it.source] = await reader.write(it.source);
          else expect(await reader.read(it.source)).toBeGreaterThanOrEqual(acknowledged[it.source]);
        }
        await Promise.all(readers.map((it) => it.stop()));
      }),
      { numRuns: 40 },
    );
  }, 120_000);

  it('holds for reads and writes at the same time as well', async () => {
    const truth = { a: 0, b: 0 };
    const prefix = nextPrefix();
    const readers = [0, 1, 2, 3].map(() => new Reader(truth, prefix));
    await Promise.all(readers.map((it) => it.start()));
    let acknowledged = 0;
    let misses = 0;
    await Promise.all(
      readers.flatMap((reader) => [
        (async () => {
          for (let count = 0; count < 50; count += 1) acknowledged = Math.max(await reader.write('a'), acknowledged);
        })(),
        (async () => {
          for (let count = 0; count < 150; count += 1) {
            const least = acknowledged;
            if ((await reader.read('a')) < least) misses += 1;
          }
        })(),
      ]),
    );
    expect(misses).toBe(0);
    // Nobody has lost their place meanwhile.
    expect(readers.map(({ resets }) => resets)).toEqual([0, 0, 0, 0]);
    await Promise.all(readers.map((it) => it.stop()));
  }, 60_000);

  it('resets whoever cannot read a record, because it has another secret', async () => {
    const truth = { a: 0, b: 0 };
    const prefix = nextPrefix();
    const [one, stranger] = [new Reader(truth, prefix), new Reader(truth, prefix, Buffer.alloc(32, 2))];
    await Promise.all([one.start(), stranger.start()]);
    expect(await stranger.read('a')).toBe(0);
    await one.write('a');
    expect(await stranger.read('a')).toBe(1);
    expect(stranger.resets).toBe(1);
    await Promise.all([one.stop(), stranger.stop()]);
  });

  it('costs one look for all who ask in the same turn of the event loop', async () => {
    const reader = new Reader({ a: 0, b: 0 }, nextPrefix());
    await reader.start();
    const looks = async () =>
      Number(/cmdstat_get:calls=(\d+)/.exec(String(await server.command('INFO', 'commandstats')))?.[1] ?? 0);
    const before = await looks();
    for (let turn = 0; turn < 20; turn += 1) {
      await Promise.all(Array.from({ length: 100 }, () => reader.read('a')));
    }
    // The steady look of each second may come in between.
    expect((await looks()) - before).toBeLessThan(30);
    await reader.stop();
  });
});
