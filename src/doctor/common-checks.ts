import type { Upstream } from '../domain/upstream.ts';
import type { Allowance } from '../http/allowance.ts';
import { type Check, note, ok, unchecked } from './finding.ts';
import type { Journal } from './journal.ts';
import { plural } from './sample.ts';

/** The inputs of checks that apply to every vendor. */
export type ObservedAccount = {
  journal: Journal;
  origin: string;
  allowance: Allowance | null;
  ready(): Promise<unknown>;
};

const toleratedSkewMs = 30_000;
/** Requests time out after six seconds. */
const slowMs = 3_000;

/** Checks of response properties other than the content. They run last, when there are responses. */
export function responseChecks<Account extends ObservedAccount>(upstream: Upstream): Check<Account>[] {
  return [
    { id: 'clock', title: 'Clock', upstream, run: ({ journal }) => findClock(journal) },
    { id: 'latency', title: 'Latency', upstream, run: ({ journal }) => findLatency(journal) },
    { id: 'allowance', title: 'Allowance', upstream, run: (account) => findAllowance(upstream, account) },
  ];
}

const noResponse = unchecked('no response was received');

function findClock({ responses, skewMs }: Journal) {
  if (responses.length === 0) return noResponse;
  if (skewMs === null) return unchecked('no response has a date');
  if (Math.abs(skewMs) <= toleratedSkewMs) return ok("agrees with the vendor's");
  const seconds = Math.round(Math.abs(skewMs) / 1000);
  const found = `This machine's clock is ${seconds} s ${skewMs < 0 ? 'ahead of' : 'behind'} the vendor's.`;
  return note(found, 'Set it by NTP: signatures and tokens are good for minutes only.');
}

function findLatency({ latencies }: Journal) {
  const slowest = latencies.at(-1);
  if (slowest === undefined) return noResponse;
  const median = Math.round(latencies[Math.floor(latencies.length / 2)] ?? slowest);
  const found = `median ${median} ms, slowest ${Math.round(slowest)} ms`;
  if (slowest < slowMs) return ok(found);
  return note(`${found}.`, 'Requests time out after 6 s. Check whether the connection or the vendor is slow.');
}

/** Headers for rate limits, in standard form or not. */
const limitHeader = /^(?:x-)?rate-?limit|^retry-after$/;

function findAllowance(upstream: Upstream, { journal, origin, allowance }: ObservedAccount) {
  const { responses } = journal;
  if (responses.length === 0) return noResponse;
  const variable = `${upstream}_RATE_LIMIT`;
  const refusals = responses.filter(({ status }) => status === 429).length;
  if (refusals > 0) {
    const found = `${plural(refusals, 'request was', 'requests were')} refused with HTTP 429.`;
    return note(
      found,
      `Other integrations use the rate limit too: lower ${variable}, or let them send fewer requests.`,
    );
  }
  const headers = journal.headersFrom(origin, limitHeader);
  const names = [...(headers?.keys() ?? [])].filter((name) => limitHeader.test(name));
  const vendorLimit = limitIn(headers);
  const setting = allowance === null ? 'none is set' : `${allowance.count}/${allowance.seconds} is set`;
  if (vendorLimit !== null && vendorLimit !== allowance?.count) {
    return note(`The vendor's limit is ${vendorLimit}; ${setting}.`, `Set ${variable} to that limit/its seconds.`);
  }
  return ok(`${setting}; ${names.length === 0 ? 'responses name no limit' : `responses have ${names.join(', ')}`}`);
}

/** Parses `ratelimit-limit: 50`, also with a window: `50, 50;w=60`. */
function limitIn(headers: Headers | undefined): number | null {
  const text = headers?.get('ratelimit-limit') ?? headers?.get('x-ratelimit-limit') ?? '';
  return /^\d+/.test(text) ? Number.parseInt(text, 10) : null;
}
