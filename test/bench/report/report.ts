import type { Options } from '../options.ts';
import type { Peer } from '../peers/peer.ts';
import { connections, latencies } from '../scenarios/bench.ts';
import { describeMachine, describeVersions } from './machine.ts';
import type { Samples } from './samples.ts';
import {
  allowanceSection,
  directorySection,
  emptiedSection,
  memorySection,
  startUpSection,
  truthSection,
  variedSection,
} from './sections.ts';
import { setUp } from './set-up.ts';
import { figure, table } from './table.ts';
import { targetTable } from './targets.ts';

const references: readonly [string, string][] = [
  ['limit', "(d) the limit: node:http sending hr-graph's bytes"],
  ['empty-yoga', 'for orientation: an empty Yoga query'],
];

/** The whole report, losing rows included. */
export function toMarkdown(samples: Samples, peers: readonly Peer[], options: Options): string {
  const rows: [string, string][] = peers.map((it) => [it.name, it.title]);
  return `# Bench

Measured ${new Date().toISOString().slice(0, 10)} by \`npm --prefix test/bench run bench\`: ${runsOf(options)}.
${describeMachine()}. Generator, peer and emulated vendors share these cores: rates are statements about this machine, requests and
rounds are not. Loads: autocannon, ${connections} connections, ${options.seconds} s after a warm-up half as long.

${describeVersions()}.

## Targets

${targetTable(samples)}

A ratio is one of operations per second at 0 ms of upstream latency.

## Are the answers true?

${truthSection(samples, rows)}

${(['q01', 'q02', 'q03'] as const).map((name) => operationSection(samples, rows, name)).join('\n\n')}

*cold*: the first operation of a process, alone; *requests* are Lucca + Ctrl Hub + NAVER, *rounds* the most that followed one another
(an upper estimate; not told without latency). *again*: the second. *load*: what follows; *CPU* is the peer's own time for an operation,
*asked* are upstream requests for an operation, *peak* is the most memory that the process ever had (VmHWM).

## q02 with other arguments each time

${variedSection(samples, rows)}

## q02 at 50 ms with emptied caches

${emptiedSection(samples, rows)}

## Start-up

${startUpSection(samples, rows)}

## Memory of hr-graph

${memorySection(samples)}

## The directory of a big company

${directorySection(samples)}

## Lucca's allowance: 50 requests in 60 s

${allowanceSection(samples, rows)}

## How the peers are set up

${setUp}
`;
}

const runsOf = ({ runs }: Options): string =>
  runs === 1
    ? 'one run, where at least three tell something'
    : `medians of ${runs} runs, in which the peers take turns`;

const titles = {
  q01: '25 people of one system',
  q02: '100 people joined over three systems',
  q03: 'one person joined over three systems, 200 different ones in turn',
};

function operationSection(samples: Samples, peers: readonly [string, string][], name: keyof typeof titles): string {
  const rows = latencies.flatMap((latency) =>
    [...peers, ...references].flatMap(([peer, title]) => {
      if (!['perSecond', 'coldMs'].some((it) => samples.has(name, latency, peer, it))) return [];
      const told = (of: string) => figure(samples.median(name, latency, peer, of));
      const isCounted = samples.has(name, latency, peer, 'coldMs');
      return [
        [
          `${latency} ms`,
          title,
          told('perSecond'),
          told('p50'),
          told('p99'),
          told('cpuMs'),
          isCounted ? told('requests') : '-',
          told('failed'),
          told('peakMb'),
          told('coldMs'),
          isCounted ? `${told('coldLucca')} + ${told('coldCtrlHub')} + ${told('coldNaver')}` : '-',
          latency === 0 ? '-' : told('rounds'),
          isCounted ? `${told('againMs')} / ${told('againRequests')}` : '-',
        ],
      ];
    }),
  );
  const head = ['latency', 'peer', 'load: per second', 'p50 ms', 'p99 ms', 'CPU ms', 'asked', 'failed', 'peak MB'];
  const cold = ['cold: ms', 'requests', 'rounds', 'again: ms / requests'];
  return `## ${name}: ${titles[name]}\n\n${table([...head, ...cold], rows)}`;
}
