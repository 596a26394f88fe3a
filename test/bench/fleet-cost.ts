import { pino } from 'pino';
import { readConfig } from '../../src/config/config.ts';
import { createCompany } from '../../src/sandbox/company/company.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { createConfiguredGraph } from '../../src/server/configured-graph.ts';
import { listen } from '../../src/server/http-server.ts';
import { startRedis } from '../redis/redis-server.ts';

/**
 * What a start of so many replicas at once costs the vendors, counted at the emulators, with Redis and without: lines of
 * the table in docs/scale.md. Arguments: people, then numbers of replicas. Lucca's allowance is off, so that it takes no
 * longer than it has to.
 */
const [people = 200, ...replicaCounts] = process.argv.slice(2).map(Number);

const document = `{
  employees(first: 1) { nodes { grade { name } position { name } jobQualification { title profession { title } } jobRoleAssignments { nodes { id } } } }
}`;

const sandbox = await startSandbox({ company: createCompany({ people }), luccaRateLimit: null });
const emulators = { Lucca: sandbox.lucca, 'Ctrl Hub': sandbox.ctrlHub, NAVER: sandbox.naver };

async function startOne(more: Record<string, string>) {
  const config = readConfig({ ...sandbox.env, LUCCA_RATE_LIMIT: '1000000/1', CACHE_FRESH_SECONDS: '86400', ...more });
  const { graph, firstReadings, close } = await createConfiguredGraph(config, pino({ level: 'silent' }), 'a@b.example');
  await firstReadings;
  const server = await listen(graph, { host: '127.0.0.1', port: 0 });
  const response = await fetch(server.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: document }),
  });
  const answer = await response.text();
  if (!answer.includes('"nodes"')) throw new Error(`A replica did not answer: ${answer.slice(0, 200)}`);
  return async () => {
    await server.stop({ graceMs: 0 });
    await close();
  };
}

for (const replicas of replicaCounts) {
  // Twenty big companies read one by one would ask the emulators for longer than they are waited for.
  const isBig = people > 200 && replicas > 2;
  for (const hasRedis of isBig ? [true] : [true, false]) {
    for (const { requests } of Object.values(emulators)) requests.length = 0;
    const redis = hasRedis ? await startRedis() : null;
    const more: Record<string, string> =
      redis === null ? {} : { REDIS_URL: redis.url, REDIS_TIMEOUT_MILLISECONDS: '10000' };
    const startedAt = performance.now();
    const opened = await Promise.all(Array.from({ length: replicas }, () => startOne(more)));
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    const isToken = ({ target }: { target: string }) => target.startsWith('/connect/token');
    const counts = Object.values(emulators).map(({ requests }) => requests.filter((it) => !isToken(it)).length);
    const tokens = sandbox.lucca.requests.filter(isToken).length;
    const megabytes =
      redis === null ? '-' : /used_memory:(\d+)/.exec(String(await redis.command('INFO', 'memory')))?.[1];
    const inRedis = megabytes === '-' ? '-' : `${(Number(megabytes) / 2 ** 20).toFixed(1)} MB`;
    const cells = [people, replicas, hasRedis ? 'yes' : 'no', ...counts, tokens, inRedis, `${seconds} s`];
    process.stdout.write(`| ${cells.join(' | ')} |\n`);
    await Promise.all(opened.map((close) => close()));
    await redis?.stop();
  }
}
await sandbox.close();
process.exit(0);
