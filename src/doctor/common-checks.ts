import type { Upstream } from '../domain/upstream.ts';
import type { Allowance } from '../http/allowance.ts';
import { type Check, note, ok, unchecked } from './finding.ts';
import type { Journal } from './journal.ts';
import { plural } from './sample.ts';

/** What the checks of any vendor's answers need. */
export type Answered = { journal: Journal; origin: string; allowance: Allowance | null; ready(): Promise<unknown> };

const toleratedSkewMs = 30_000;
/** A request that takes six seconds is given up. */
const slowMs = 3_000;

/** What the answers of a vendor show besides their content: to be checked last. */
export function answerChecks<Account extends Answered>(upstream: Upstream): Check<Account>[] {
  return [
    { id: 'clock', title: 'Clock', upstream, run: ({ journal }) => findClock(journal) },
    { id: 'latency', title: 'Latency', upstream, run: ({ journal }) => findLatency(journal) },
    { id: 'allowance', title: 'Allowance', upstream, run: (account) => findAllowance(upstream, account) },
  ];
}

const nothingCame = unchecked('no answer has come');

function findClock({ responses, skewMs }: Journal) {
  if (responses.length === 0) return nothingCame;
  if (skewMs === null) return unchecked('no answer tells the time');
  if (Math.abs(skewMs) <= toleratedSkewMs) return ok("agrees with the vendor's");
  const seconds = Math.round(Math.abs(skewMs) / 1000);
  const found = `This machine's clock is ${seconds} s ${skewMs < 0 ? 'ahead of' : 'behind'} the vendor's.`;
  return note(found, 'Set it by NTP: signatures and tokens are good for minutes only.');
}

function findLatency({ latencies }: Journal) {
  const slowest = latencies.at(-1);
  if (slowest === undefined) return nothingCame;
  const median = Math.round(latencies[Math.floor(latencies.length / 2)] ?? slowest);
  const found = `median ${median} ms, slowest ${Math.round(slowest)} ms`;
  if (slowest < slowMs) return ok(found);
  return note(`${found}.`, 'A request is given up after 6 s. See whether the way there is slow, or the vendor.');
}

/** Headers by which vendors tell their limits, in standard form or not. */
const limitHeader = /^(?:x-)?rate-?limit|^retry-after$/;

function findAllowance(upstream: Upstream, { journal, origin, allowance }: Answered) {
  const { responses } = journal;
  if (responses.length === 0) return nothingCame;
  const variable = `${upstream}_RATE_LIMIT`;
  const refusals = responses.filter((it) => it.status === 429).length;
  if (refusals > 0) {
    const found = `${plural(refusals, 'request was', 'requests were')} refused with HTTP 429.`;
    return note(found, `Others draw on the allowance as well: lower ${variable}, or have them ask less.`);
  }
  const headers = journal.headersFrom(origin, limitHeader);
  const names = [...(headers?.keys() ?? [])].filter((it) => limitHeader.test(it));
  const told = toldLimit(headers);
  const ours = allowance === null ? 'none is set' : `${allowance.count}/${allowance.seconds} is set`;
  if (told !== null && told !== allowance?.count) {
    return note(`The vendor tells a limit of ${told}; ${ours}.`, `Set ${variable} to that limit/its seconds.`);
  }
  return ok(`${ours}; ${names.length === 0 ? 'answers tell none' : `answers tell it by ${names.join(', ')}`}`);
}

/** `ratelimit-limit: 50`, also with a window behind it: `50, 50;w=60`. */
function toldLimit(headers: Headers | undefined): number | null {
  const text = headers?.get('ratelimit-limit') ?? headers?.get('x-ratelimit-limit') ?? '';
  return /^\d+/.test(text) ? Number.parseInt(text, 10) : null;
}
