import { cpus, loadavg } from 'node:os';
import type { Options } from './options.ts';
import type { Figures } from './soak.ts';

const titles = { alone: '## Soak', overRedis: '## Soak over Redis' };
/** Of the sections that it writes. */
export const soakTitles = Object.values(titles);
export const soakTitle = ({ isOverRedis }: Options): string => (isOverRedis ? titles.overRedis : titles.alone);

/** A section of a report with its heading, up to the next one; empty where there is none. */
export function sectionOf(report: string, title: string): string {
  const start = report.indexOf(`${title}\n`);
  if (start === -1) return '';
  const end = report.indexOf('\n## ', start + 1);
  return `${report.slice(start, end === -1 ? undefined : end).trimEnd()}\n`;
}

/** The report with the section in place of the one of before, or at its end. */
export function withSection(report: string, title: string, section: string): string {
  const before = sectionOf(report, title);
  if (before !== '') return report.replace(before, () => section);
  return `${report.trimEnd()}\n\n${section}`;
}

/** Most that was resident between two moments; null where nothing was measured then. */
const mostBetween = ({ memory }: Figures, from: number, until: number): number | null => {
  const found = memory.filter(({ second }) => second >= from && second < until).map(({ resident }) => resident);
  return found.length === 0 ? null : Math.max(...found);
};

/** Most in the second half of the time after the second minute, of most in the first half; null for a shorter run. */
export function growth(figures: Figures): number | null {
  const middle = 120 + (figures.seconds - 120) / 2;
  const [first, second] = [mostBetween(figures, 120, middle), mostBetween(figures, middle, Number.POSITIVE_INFINITY)];
  return first === null || second === null || figures.seconds < 240 ? null : second / first;
}

const megabytes = (value: number | null): string => (value === null ? '-' : `${value} MB`);
const whole = (value: number): string => value.toLocaleString('en-US');

export function soakSection(options: Options, figures: Figures): string {
  const { tally, seconds, restarts, faults, redis } = figures;
  const grown = growth(figures);
  const middle = 120 + (seconds - 120) / 2;
  const rows: [string, string][] = [
    ['operations', whole(tally.reads + tally.writes)],
    ['a second', String(Math.round((tally.reads + tally.writes) / seconds))],
    ['writes among them, done', `${whole(tally.writes)}, ${whole(tally.done)}`],
    ['restarts of one replica', String(restarts)],
    ['faults of an upstream, of five seconds each', String(faults)],
    ...rowsOf(redis),
    ['**lost, or not 200**', `**${tally.lost}**`],
    ['**wrong answers, and writes done twice**', `**${tally.wrong}**`],
    ['answers that told of an upstream’s failure in place of a part', whole(tally.told)],
    ['p50, p99', `${tally.percentile(0.5)} ms, ${whole(tally.percentile(0.99))} ms`],
    ['the other replica: most in the first two minutes', megabytes(mostBetween(figures, 0, 120))],
    ['most in the first half of the time after', megabytes(mostBetween(figures, 120, middle))],
    ['most in the second half', megabytes(mostBetween(figures, middle, Number.POSITIVE_INFINITY))],
    ['the second half, of the first', grown === null ? '-' : `${grown.toFixed(2)}x (at most 1.10x)`],
  ];
  const cores = cpus().length;
  const flags = `${options.isOverRedis ? '--redis ' : ''}--minutes ${options.minutes} --per-second ${options.perSecond}`;
  return `${soakTitle(options)}

Measured ${new Date().toISOString().slice(0, 10)} by \`npm run soak -- ${flags}\` on ${cores} cores, which the load, the emulators,
nginx and both replicas share (with others, where the load average is above ${cores}: it was ${Math.round(loadavg()[1] ?? 0)}). Two replicas behind nginx by
\`deploy/nginx.conf\`, of which one is restarted every minute; an upstream is in trouble for five seconds of every seventeen;
2 % of the operations are writes.

| figure | measured |
| --- | --- |
${rows.map(([name, value]) => `| ${name} | ${value} |`).join('\n')}

${options.isOverRedis ? overRedis : alone}
`;
}

function rowsOf(redis: Figures['redis']): [string, string][] {
  if (redis === null) return [];
  return [
    ['Redis killed or paused, for three seconds each', String(redis.faults)],
    ['times that a replica missed it', String(redis.missed)],
    ['reads that had to show a write of the last 20 seconds, whichever replica did it', whole(redis.owed)],
  ];
}

const compared =
  'Each answer is compared with the rows of the emulators: with what was true at some moment since the `asOf` that it states.';
const alone = `${compared} A write that
one replica has done is seen by the other when its windows end (CACHE_FRESH_SECONDS=5 here).`;
const overRedis = `${compared}
Redis is killed (and comes back empty) and paused in turn. Unless a replica has missed it between the beginning of a write and the end
of a read, that read shows the write if it was acknowledged before; else when windows end (CACHE_FRESH_SECONDS=5 here).`;
