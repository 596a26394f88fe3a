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
 * which other programs on the machine change less than the time that passes. The servers take turns (ABAB), and are started
 * anew for each session: one process differs from the next of the same program. `off` runs twice, which shows by how much.
 * Of a session counts the floor, which the undisturbed tenth of its rounds takes: others can only add to it.
 * With `--base <folder>` another version of hr-graph is in the comparison. Linux only.
 */
const { values } = parseArgs({
  options: {
    base: { type: 'string' },
    sessions: { type: 'string', default: '3' },
    rounds: { type: 'string', default: '40' },
    warm: { type: 'string', default: '100000' },
    cached: { type: 'string', default: '200' },
    executed: { type: 'string', default: '20' },
  },
});

const root = resolve(import.meta.dirname, '../..');
const collector = createServer((request, response) => request.resume().once('end', () => response.end()));
await new Promise<void>((done) => collector.listen(0, '127.0.0.1', done));
const address = collector.address();
const endpoint = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;

const sandbox = await startSandbox();
const usual = { ...sandbox.env, LUCCA_RATE_LIMIT: '1000000/1', CACHE_FRESH_SECONDS: '3600', LOG_LEVEL: 'info' };
const metrics = { METRICS_PORT: '0' };
const traces = {
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

/** Of one session: the floor of each. */
async function session(env: Record<string, string>, times: number, warm: number): Promise<Map<string, number>> {
  const contenders = await Promise.all([
    ...(values.base === undefined ? [] : [start('before', resolve(values.base), env)]),
    start('off', root, env),
    start('off again', root, env),
    start('on', root, { ...env, ...metrics, ...traces }),
  ]);
  // One request in ten is sampled: what traces it costs ten times as much until it has been compiled, after ten thousand.
  for (const contender of contenders) await costOf(contender, warm);
  const costs = new Map(contenders.map(({ name }) => [name, [] as number[]]));
  for (let round = 0; round < Number(values.rounds); round += 1) {
    // Each is as often the first of a round as the last.
    const order = round % 2 === 0 ? contenders : contenders.toReversed();
    for (const contender of order) costs.get(contender.name)?.push(await costOf(contender, times));
  }
  for (const { child } of contenders) child.kill();
  return new Map(
    [...costs].map(([name, them]) => [
      name,
      quantile(
        them.toSorted((a, b) => a - b),
        0.1,
      ),
    ]),
  );
}

async function compare(title: string, env: Record<string, string>, times: number, warm: number): Promise<void> {
  const sessions: Map<string, number>[] = [];
  for (let count = 0; count < Number(values.sessions); count += 1) {
    const floors = await session(env, times, warm);
    sessions.push(floors);
    process.stdout.write(`  ${[...floors].map(([name, ms]) => `${name} ${ms.toFixed(3)}`).join(', ')} ms\n`);
  }
  process.stdout.write(`${title}: ${values.sessions} sessions of ${values.rounds} rounds of ${times}\n`);
  const floorsOf = (name: string) => sessions.map((floors) => floors.get(name) ?? Number.NaN);
  const names = [...(sessions[0]?.keys() ?? [])];
  for (const [index, name] of names.entries()) {
    const median = quantile(
      floorsOf(name).toSorted((a, b) => a - b),
      0.5,
    );
    process.stdout.write(`  ${name.padEnd(10)} ${median.toFixed(3)} ms\n`);
    for (const base of names.slice(0, index)) {
      const theirs = floorsOf(base);
      const ratios = floorsOf(name)
        .map((it, at) => it / (theirs[at] ?? Number.NaN))
        .sort((a, b) => a - b);
      const [low, middle, high] = [0.25, 0.5, 0.75].map((q) => percent(quantile(ratios, q)));
      process.stdout.write(`    to ${base.padEnd(10)} ${middle} (${low} to ${high})\n`);
    }
  }
}

const warm = Number(values.warm);
await compare('from the response cache', {}, Number(values.cached), warm);
// Each has many spans.
await compare('executed', { CACHE_ANSWERS: 'off' }, Number(values.executed), warm / 50);
await sandbox.close();
collector.close();
