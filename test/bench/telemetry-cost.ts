import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { operation } from '../helpers/operation.ts';

/**
 * What telemetry costs q02, repeated: processor time of the server's process for each operation, as the kernel counts it,
 * which other programs on the machine change less than the time that passes. The servers take turns (ABAB); ratios are of
 * neighbours, with their quartiles. The floor is what the undisturbed tenth of the rounds takes: others can only add to it.
 * With `--base <folder>` another version of hr-graph is in the comparison. Linux only.
 */
const { values } = parseArgs({
  options: {
    base: { type: 'string' },
    rounds: { type: 'string', default: '60' },
    cached: { type: 'string', default: '500' },
    executed: { type: 'string', default: '30' },
  },
});

const root = resolve(import.meta.dirname, '../..');
const collector = createServer((request, response) => request.resume().once('end', () => response.end()));
await new Promise<void>((done) => collector.listen(0, '127.0.0.1', done));
const address = collector.address();
const endpoint = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;

const sandbox = await startSandbox();
const usual = { ...sandbox.env, LUCCA_RATE_LIMIT: '1000000/1', CACHE_FRESH_SECONDS: '3600', LOG_LEVEL: 'info' };
const tracing = {
  METRICS_PORT: '0',
  OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
  OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
  OTEL_TRACES_SAMPLER_ARG: '0.1',
};

type Contender = { name: string; child: ChildProcess; url: string };

async function start(name: string, folder: string, env: Record<string, string>): Promise<Contender> {
  const { flags, env: own } = JSON.parse(readFileSync(join(root, 'bin/start-settings.json'), 'utf8'));
  const child = spawn(process.execPath, [...flags, join(folder, 'src/server/main.js')], {
    cwd: mkdtempSync(join(tmpdir(), 'hr-graph-bench-')),
    env: { PATH: process.env.PATH, ...own, PORT: '0', SHUTDOWN_DELAY_SECONDS: '0', ...usual, ...env },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const url = await new Promise<string>((found) => {
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      const [line] = /http:\/\/\S+\/graphql/.exec(text) ?? [];
      if (line !== undefined) found(line.replace('localhost', '127.0.0.1'));
    });
  });
  return { name, child, url };
}

/** Of all threads so far, in milliseconds. */
function processorMs({ child }: Contender): number {
  const tasks = `/proc/${child.pid}/task`;
  const times = readdirSync(tasks).map((id) =>
    Number(readFileSync(join(tasks, id, 'schedstat'), 'utf8').split(' ')[0]),
  );
  return times.reduce((sum, it) => sum + it, 0) / 1e6;
}

const body = JSON.stringify({ query: operation('q02-full-join') });

async function ask({ url }: Contender): Promise<void> {
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  await response.arrayBuffer();
}

async function costOf(contender: Contender, times: number): Promise<number> {
  const before = processorMs(contender);
  for (let count = 0; count < times; count += 1) await ask(contender);
  return (processorMs(contender) - before) / times;
}

const quantile = (sorted: readonly number[], q: number): number =>
  sorted[Math.round((sorted.length - 1) * q)] ?? Number.NaN;
const percent = (ratio: number): string => `${((ratio - 1) * 100).toFixed(1).padStart(5)} %`;

async function compare(title: string, env: Record<string, string>, times: number): Promise<void> {
  const contenders = await Promise.all([
    ...(values.base === undefined ? [] : [start('before', resolve(values.base), env)]),
    start('off', root, env),
    start('on', root, { ...env, ...tracing }),
  ]);
  for (const contender of contenders) await costOf(contender, Math.max(times, 200));
  const costs = new Map(contenders.map(({ name }) => [name, [] as number[]]));
  for (let round = 0; round < Number(values.rounds); round += 1) {
    // Each is as often the first of a round as the last.
    const order = round % 2 === 0 ? contenders : contenders.toReversed();
    for (const contender of order) costs.get(contender.name)?.push(await costOf(contender, times));
  }
  for (const { child } of contenders) child.kill();
  process.stdout.write(`${title}, ${values.rounds} rounds of ${times}\n`);
  const sorted = (name: string) => (costs.get(name) ?? []).toSorted((a, b) => a - b);
  for (const [index, { name }] of contenders.entries()) {
    const [floor, median] = [0.1, 0.5].map((q) => quantile(sorted(name), q).toFixed(3));
    process.stdout.write(`  ${name.padEnd(7)} floor ${floor} ms, median ${median} ms\n`);
    for (const { name: base } of contenders.slice(0, index)) {
      const theirs = costs.get(base) ?? [];
      const ratios = (costs.get(name) ?? []).map((it, at) => it / (theirs[at] ?? Number.NaN)).sort((a, b) => a - b);
      const [low, middle, high] = [0.25, 0.5, 0.75].map((q) => percent(quantile(ratios, q)));
      const floors = percent(quantile(sorted(name), 0.1) / quantile(sorted(base), 0.1));
      process.stdout.write(`    to ${base.padEnd(6)}: floors ${floors}, medians ${middle} (${low} to ${high})\n`);
    }
  }
}

await compare('from the response cache', {}, Number(values.cached));
await compare('executed', { CACHE_ANSWERS: 'off' }, Number(values.executed));
await sandbox.close();
collector.close();
