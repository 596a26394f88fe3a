import type { Samples } from './samples.ts';
import { figure, table } from './table.ts';

type Target = { what: string; wanted: string; got: string; isMet: boolean | null };

const ratio = (over: number | null, under: number | null): number | null =>
  over === null || under === null || under === 0 ? null : over / under;

const atMost = (what: string, unit: string, most: number | null, got: number | null): Target => ({
  what,
  wanted: `at most ${figure(most)} ${unit}`,
  got: got === null ? '-' : `${figure(got)} ${unit}`,
  isMet: got === null || most === null ? null : got <= most,
});

/** Of a company of 20,000 people. */
export function directoryTargets(samples: Samples): Target[] {
  const measured = (moment: string) => samples.median('directory', moment);
  return [
    atMost('20,000 people: memory while two snapshots exist', 'MB', 320, measured('peak')),
    atMost('20,000 people: memory between rebuilds', 'MB', 240, measured('between')),
    atMost("20,000 people: longest slice by the keeper's marks", 'ms', 50, measured('slice')),
    atMost('20,000 people: event loop while all is read again, p99.9', 'ms', 50, measured('p99.9')),
  ];
}

/** What issue 5 promises, with what was measured. `isMet` is null where it was not. */
export function targetsOf(samples: Samples): Target[] {
  const { median } = { median: samples.median.bind(samples) };
  const faster = (what: string, least: number, over: number | null, under: number | null): Target => {
    const times = ratio(over, under);
    return {
      what,
      wanted: `at least ${least}x`,
      got: times === null ? '-' : `${figure(times)}x`,
      isMet: times === null ? null : times >= least,
    };
  };
  const q02 = (peer: string) => median('q02', 0, peer, 'perSecond');
  const rounds = (latency: number) => 2 * latency;
  const startUp = (latency: number) => {
    const empty = median('start-up', latency, 'empty-yoga');
    const most = empty === null ? null : empty + 300 + rounds(latency);
    return atMost(
      `start-up to q01 at ${latency} ms: the empty Yoga's, 300 ms and two rounds`,
      'ms',
      most,
      median('start-up', latency, 'hr-graph'),
    );
  };
  const isLong = (median('memory', 'seconds') ?? 0) > 120;
  const growth = isLong ? ratio(median('memory', 'after'), median('memory', 'first')) : null;
  return [
    faster('q02 repeated, of (c)', 100, q02('hr-graph'), q02('hand')),
    faster('q02 repeated, of (b) without response cache', 100, q02('hr-graph'), q02('mesh')),
    faster('q02 repeated, of (b) with it', 5, q02('hr-graph'), q02('mesh-cache')),
    faster('q02 repeated, of (d) the limit', 0.5, q02('hr-graph'), q02('limit')),
    faster(
      'q02 varied, of (c)',
      10,
      median('q02-varied', 'hr-graph', 'perSecond'),
      median('q02-varied', 'hand', 'perSecond'),
    ),
    faster(
      'q03 over 200 people, of (c)',
      20,
      median('q03', 0, 'hr-graph', 'perSecond'),
      median('q03', 0, 'hand', 'perSecond'),
    ),
    atMost(
      'q02 at 50 ms, caches emptied: two rounds and 25 ms at p50',
      'ms',
      rounds(50) + 25,
      median('q02-emptied', 'hr-graph', 'ms'),
    ),
    atMost('mixed load within the allowance: failed operations', '', 0, median('mixed', 'failed')),
    atMost('mixed load within the allowance: answers with 429', '', 0, median('mixed', 'refused')),
    startUp(0),
    startUp(50),
    atMost('memory at rest', 'MB', 150, median('memory', 'at rest')),
    atMost('memory after the first minute, against the most in it', 'x', 1.05, growth),
    ...directoryTargets(samples),
  ];
}

const verdicts = new Map<boolean | null, string>([
  [true, 'met'],
  [false, '**not met**'],
  [null, 'not measured'],
]);

export const targetTable = (samples: Samples): string =>
  table(
    ['target', 'wanted', 'measured', ''],
    targetsOf(samples).map(({ what, wanted, got, isMet }) => [what, wanted, got, verdicts.get(isMet) ?? '']),
  );
