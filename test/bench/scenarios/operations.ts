import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generate } from '../load/load.ts';
import { ask, askFirst } from '../peers/ask.ts';
import type { Peer } from '../peers/peer.ts';
import { emptyYogaQuestion, startEmptyYoga, startLimit } from '../peers/peers.ts';
import type { Running } from '../peers/running.ts';
import { type Bench, connections, emailsOf, latencies, peopleForQ03, peopleInCompany } from './bench.ts';

type Name = 'q01' | 'q02' | 'q03';

/**
 * One operation by every peer, one after the other: cold, by a process that has only just started; again; and then
 * under load. The limit sends the bytes that hr-graph has answered.
 */
export async function measureOperation(bench: Bench, name: Name): Promise<void> {
  const { emulators, peers, options, say } = bench;
  const people = name === 'q03' ? peopleForQ03 : peopleInCompany;
  const env = await emulators.start({ people, hasAllowance: false });
  const folder = mkdtempSync(join(tmpdir(), 'hr-graph-bench-'));
  const answerFile = join(folder, 'answer.json');
  for (const latency of latencies) {
    await emulators.delay(latency);
    for (const peer of peers) {
      const answer = await measurePeer(bench, name, latency, peer, await peer.start(env), bodiesOf(peer, name));
      if (peer.name === 'hr-graph') writeFileSync(answerFile, answer);
    }
  }
  await emulators.delay(0);
  if (peers.some((it) => it.name === 'hr-graph')) {
    await measureReference(bench, name, 'limit', await startLimit(answerFile), emptyYogaQuestion);
  }
  if (name === 'q02') await measureReference(bench, name, 'empty-yoga', await startEmptyYoga(), emptyYogaQuestion);
  rmSync(folder, { recursive: true });
  say(`${name} by ${peers.length} peers in ${options.seconds} s each`);
}

function bodiesOf({ questions }: Peer, name: Name): [string, ...string[]] {
  if (name !== 'q03') return [questions[name]];
  const [first = '', ...rest] = emailsOf(peopleForQ03, 200).map(questions.q03);
  return [first, ...rest];
}

/** Resolves with an answer. */
async function measurePeer(
  bench: Bench,
  name: Name,
  latency: number,
  peer: Peer,
  running: Running,
  bodies: [string, ...string[]],
): Promise<string> {
  const { emulators, samples, say } = bench;
  const add = (figure: string, value: number) => samples.add([name, latency, peer.name, figure], value);
  try {
    await emulators.count();
    const cold = await askFirst(running, bodies[0]);
    if (name === 'q01') samples.add(['start-up', latency, peer.name], performance.now() - running.startedAt);
    const asked = await emulators.count();
    add('coldMs', cold.ms);
    add('coldLucca', asked.lucca);
    add('coldCtrlHub', asked.ctrlHub);
    add('coldNaver', asked.naver);
    add('rounds', asked.rounds);
    const again = await ask(running.url, bodies[0]);
    add('againMs', again.ms);
    add('againRequests', (await emulators.count()).all);
    if (name === 'q03' && peer.keepsAnswers) await askEach(running, bodies);
    await putUnderLoad(bench, [name, latency, peer.name], running, bodies, again.ms);
    say(
      `${name} ${latency} ms ${peer.name}: ${Math.round(samples.median(name, latency, peer.name, 'perSecond') ?? 0)}/s`,
    );
    return cold.text;
  } finally {
    await running.stop();
  }
}

/** Once, so that what is kept of answers is kept of all. */
async function askEach({ url }: Running, bodies: readonly string[]): Promise<void> {
  for (let start = 0; start < bodies.length; start += connections) {
    await Promise.all(bodies.slice(start, start + connections).map((body) => ask(url, body)));
  }
}

async function measureReference(bench: Bench, name: Name, reference: string, running: Running, body: string) {
  try {
    await askFirst(running, body);
    await putUnderLoad(bench, [name, 0, reference], running, [body]);
    bench.say(`${name} ${reference}: ${Math.round(bench.samples.median(name, 0, reference, 'perSecond') ?? 0)}/s`);
  } finally {
    await running.stop();
  }
}

/**
 * Adds what comes of a load, after a warm-up, under `of`. Where an operation takes `aloneMs` so long that the time is
 * over before all connections have had two, it lasts up to twice as long.
 */
export async function putUnderLoad(
  { emulators, options, samples, say }: Bench,
  of: readonly (string | number)[],
  running: Running,
  bodies: [string, ...string[]],
  aloneMs = 0,
): Promise<void> {
  const add = (figure: string, value: number) => samples.add([...of, figure], value);
  const wanted = Math.ceil((2 * connections * aloneMs) / 1000);
  const seconds = Math.min(Math.max(options.seconds, wanted), 2 * options.seconds);
  await generate({ url: running.url, connections, seconds: Math.ceil(options.seconds / 2), bodies });
  await emulators.count();
  const cpuBefore = running.cpuMs();
  const load = await generate({ url: running.url, connections, seconds, bodies });
  if (load.firstFailure !== null) say(`${of.join(' ')} failed: ${load.firstFailure}`);
  if (load.operations < connections) {
    // Those that were slower were cut off, so what is left would tell a lie; a ratio to it even more so.
    return say(`${of.join(' ')}: ${load.operations} operations in ${seconds} s are too few to count; try --seconds`);
  }
  add('perSecond', load.perSecond);
  add('p50', load.p50);
  add('p99', load.p99);
  add('failed', load.failed);
  // Those that were cut off are half done, as far as one can tell.
  const done = Math.max(1, (load.operations + load.sent) / 2);
  add('cpuMs', (running.cpuMs() - cpuBefore) / done);
  add('requests', (await emulators.count()).all / done);
  add('peakMb', running.memory().peak);
}
