import { latencies } from '../scenarios/bench.ts';
import type { Samples } from './samples.ts';
import { figure, table } from './table.ts';

type Rows = readonly (readonly [name: string, title: string])[];

export function truthSection(samples: Samples, peers: Rows): string {
  const rows = peers.map(([name, title]) => {
    const told = (of: string) => figure(samples.median('truth', name, of));
    return [title, told('people'), told('wrong'), told('incomplete'), told('bytes')];
  });
  return `${table(['peer', 'people', 'wrong', 'wrong by all rules', 'bytes of q02'], rows)}

Grade, position, qualification, profession, number of job roles and identities of every person, by two pages of q02, against a plain
evaluation of the company's rows. hr-graph is held to all rules of identity; the others link by e-mail alone, as such servers do, and
the next column shows what that misses.`;
}

export function variedSection(samples: Samples, peers: Rows): string {
  const rows = peers
    .filter(([name]) => samples.has('q02-varied', name, 'perSecond'))
    .map(([name, title]) => {
      const told = (of: string) => figure(samples.median('q02-varied', name, of));
      return [title, ...['perSecond', 'p50', 'p99', 'cpuMs', 'requests', 'failed', 'peakMb'].map(told)];
    });
  return `${table(['peer', 'per second', 'p50 ms', 'p99 ms', 'CPU ms', 'asked', 'failed', 'peak MB'], rows)}

51 to 100 people from 100 different cursors on, at 0 ms. 5,000 questions: with more operations than that in a run, some came twice.`;
}

export function emptiedSection(samples: Samples, peers: Rows): string {
  const rows = peers
    .filter(([name]) => samples.has('q02-emptied', name, 'ms'))
    .map(([name, title]) => {
      const told = (of: string) => figure(samples.median('q02-emptied', name, of));
      return [title, ...['ms', 'requests', 'rounds', 'freshMs'].map(told)];
    });
  return `${table(['peer', 'p50 ms', 'requests', 'rounds', 'fresh process, ms'], rows)}

One operation at a time, by code that has run, with the token held. hr-graph forgets all at SIGUSR2; (c) keeps nothing anyway.`;
}

export function startUpSection(samples: Samples, peers: Rows): string {
  const all: Rows = [['empty-yoga', 'an empty Yoga server, to its first answer'], ...peers];
  const rows = all
    .filter(([name]) => samples.has('start-up', 0, name))
    .map(([name, title]) => [title, ...latencies.map((latency) => figure(samples.median('start-up', latency, name)))]);
  return `${table(['peer', ...latencies.map((it) => `ms at ${it} ms`)], rows)}

From the start of the process to the first answered q01, token included; Mesh is given its token and its supergraph before.`;
}

export function memorySection(samples: Samples): string {
  const told = (moment: string) => `${figure(samples.median('memory', moment))} MB`;
  const seconds = figure(samples.median('memory', 'seconds'));
  const rows = [
    ['started, asked nothing', told('at rest')],
    ['most in the first minute (or half)', told('first')],
    [`most after it, of ${seconds} s`, told('after')],
    ['at rest afterwards', told('at rest again')],
    ['most ever (VmHWM)', told('peak')],
  ];
  return `${table(['moment', 'resident'], rows)}

The load is q01 to q07 in turn, 50 operations a second. \`--long\` makes it ten minutes.`;
}

export function directorySection(samples: Samples): string {
  const told = (moment: string, unit: string) => `${figure(samples.median('directory', moment))} ${unit}`;
  const rows = [
    ['everybody read for the first time', told('seconds', 's')],
    ['at rest, with all assignments read', told('at rest', 'MB')],
    ['at rest between rebuilds', told('between', 'MB')],
    ['most ever (VmHWM), two snapshots at once included', told('peak', 'MB')],
    ["longest slice, by the keeper's own marks", told('slice', 'ms')],
    ['event loop during the first reading, p99.9', told('first p99.9', 'ms')],
    ['event loop while all is read again and linked anew, p99.9', told('p99.9', 'ms')],
    ['for comparison: turns of 5 ms of a process of its own, before and after, p99.9', told('machine', 'ms')],
  ];
  return `${table(['of 20,000 people', ''], rows)}

hr-graph under the flags of npm start, at 50 ms and without Lucca's allowance; its cache's clock is moved on by hours for each of three
rebuilds.
Delays are those of perf_hooks' monitorEventLoopDelay in its own process: whatever else the machine does is part of them.`;
}

export function allowanceSection(samples: Samples, peers: Rows): string {
  const rows = peers
    .filter(([name]) => samples.has('allowance', name, 'answered'))
    .map(([name, title]) => {
      const told = (of: string) => figure(samples.median('allowance', name, of));
      return [title, ...['answered', 'errors', 'refused'].map(told)];
    });
  const mixed = (of: string) => figure(samples.median('mixed', of));
  const age = samples.has('mixed', 'maxAge') ? `${mixed('maxAge')} s by its Age header` : 'not told by the answers';
  return `${table(['peer', 'q02 before the first error (at most 100)', 'errors in the next answer', 'times 429'], rows)}

hr-graph, q01 to q07 in turn, 50 operations a second for ${mixed('seconds')} s: ${mixed('failed')} of ${mixed('operations')} operations failed, 429 came ${mixed('refused')} times,
Lucca was asked ${mixed('lucca')} times, p50 ${mixed('p50')} ms, p99 ${mixed('p99')} ms; the oldest answer was ${age}. \`--long\` makes it five minutes.`;
}
