import { readFileSync } from 'node:fs';
import { startRedis } from '../redis/redis-server.ts';
import { forkEmulators } from './emulators/emulators.ts';
import { generate } from './load/load.ts';
import { askFirst } from './peers/ask.ts';
import { npmStart } from './peers/npm-start.ts';
import { type Running, run } from './peers/running.ts';
import { connections, peopleInCompany } from './scenarios/bench.ts';

/**
 * q02 again and again, from the response cache, by a process with Redis and one without, in turn: what the look at the
 * generation costs. Prints the medians of the ratios of pairs; ends with code 1 where less than nine tenths are left. The
 * number of pairs may follow.
 */
const pairs = Number(process.argv[2] ?? 7);
const seconds = 2;
const least = 0.9;

const query = readFileSync(new URL('../helpers/queries/q02-full-join.graphql', import.meta.url), 'utf8');
const bodies: [string] = [JSON.stringify({ query })];

type Figures = { perSecond: number; cpuMs: number };

async function measure(server: Running): Promise<Figures> {
  const before = server.cpuMs();
  const { operations, perSecond, failed, firstFailure } = await generate({
    url: server.url,
    connections,
    seconds,
    bodies,
  });
  if (failed > 0) throw new Error(`${failed} failed: ${firstFailure}`);
  return { perSecond, cpuMs: (server.cpuMs() - before) / operations };
}

const medianOf = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

const emulators = forkEmulators();
const redis = await startRedis();
try {
  const env = await emulators.start({ people: peopleInCompany, hasAllowance: false });
  const { args, env: own } = npmStart();
  const common = { ...own, ...env, LUCCA_RATE_LIMIT: '1000000/1', LOG_LEVEL: 'error', CACHE_FRESH_SECONDS: '3600' };
  const alone = await run(args, common);
  const together = await run(args, { ...common, REDIS_URL: redis.url, REDIS_TIMEOUT_MILLISECONDS: '1000' });
  await Promise.all([alone, together].map((it) => askFirst(it, bodies[0])));
  const throughput: number[] = [];
  const cpu: number[] = [];
  for (let pair = -1; pair < pairs; pair += 1) {
    const isFirst = pair % 2 === 0;
    const first = await measure(isFirst ? alone : together);
    const second = await measure(isFirst ? together : alone);
    const [without, withRedis] = isFirst ? [first, second] : [second, first];
    // The first pair warms up.
    if (pair < 0) continue;
    throughput.push(withRedis.perSecond / without.perSecond);
    cpu.push(without.cpuMs / withRedis.cpuMs);
    process.stdout.write(
      `${Math.round(without.perSecond)}/s alone, ${Math.round(withRedis.perSecond)}/s with Redis; ${without.cpuMs.toFixed(3)} and ${withRedis.cpuMs.toFixed(3)} ms of processor time each\n`,
    );
  }
  await Promise.all([alone.stop(), together.stop()]);
  const ratio = medianOf(throughput);
  process.stdout.write(
    `with Redis: ${ratio.toFixed(3)} of the throughput, ${medianOf(cpu).toFixed(3)} by processor time\n`,
  );
  process.exitCode = ratio < least ? 1 : 0;
} finally {
  emulators.stop();
  await redis.stop();
}
