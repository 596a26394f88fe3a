import { readFileSync } from 'node:fs';
import { pino } from 'pino';
import { readConfig } from '../src/config/config.ts';
import { createCompany } from '../src/sandbox/company/company.ts';
import { startSandbox } from '../src/sandbox/sandbox.ts';
import { createConfiguredGraph } from '../src/server/configured-graph.ts';
import { listen } from '../src/server/http-server.ts';

const q = readFileSync(new URL('./helpers/queries/q02-full-join.graphql', import.meta.url), 'utf8')
  .replace('query FullJoin {', 'query FullJoin($x: Int, $after: String) { a: __typename @include(if: true)')
  .replace(' a: __typename @include(if: true)', '')
  .replace('employees(first: 100)', 'employees(first: 100, after: $after)')
  .replace('($x: Int, $after: String)', '($after: String)');
const sandbox = await startSandbox({ company: createCompany({ people: 200 }), luccaRateLimit: null });
const config = readConfig({
  ...sandbox.env,
  CACHE_FRESH_SECONDS: '600',
  LUCCA_RATE_LIMIT: '100000/1',
  RATE_LIMIT_PER_CALLER: 'off',
});
const { graph, firstReadings, close } = await createConfiguredGraph(config, pino({ level: 'silent' }), 'x@y.example');
await firstReadings;
const server = await listen(graph, { host: '127.0.0.1', port: 0 });
const ask = async (query: string, variables: object) =>
  (await (
    await fetch(server.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables }),
    })
  ).json()) as any;
const cursors: (string | null)[] = [null];
for (let i = 1; i < 60; i++) {
  const r = await ask('query($n:Int!){employees(first:$n){pageInfo{endCursor}}}', { n: i });
  cursors.push(r.data.employees.pageInfo.endCursor);
}
const first = await ask(q, { after: cursors[1] });
if (first.errors) console.log(first.errors[0]);
for (let i = 0; i < 60; i++) await ask(q, { after: cursors[i % 60], n: i });
const c0 = process.cpuUsage();
const t0 = performance.now();
const N = 300;
for (let i = 0; i < N; i++)
  await (
    await fetch(server.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'accept-encoding': 'identity' },
      body: JSON.stringify({ query: q, variables: { after: cursors[i % 60], z: i } }),
    })
  ).arrayBuffer();
const c = process.cpuUsage(c0);
console.log(
  'cpu ms/op',
  ((c.user + c.system) / 1000 / N).toFixed(2),
  'wall',
  ((performance.now() - t0) / N).toFixed(2),
);
const d0 = process.cpuUsage();
const body = JSON.stringify({ query: q, variables: { after: cursors[3] } });
for (let i = 0; i < 1000; i++)
  await (
    await fetch(server.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'accept-encoding': 'identity' },
      body,
    })
  ).arrayBuffer();
const d = process.cpuUsage(d0);
console.log('repeated cpu ms/op', ((d.user + d.system) / 1000 / 1000).toFixed(3));
await server.stop(0);
await close();
await sandbox.close();
process.exit(0);
