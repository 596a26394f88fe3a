import { z } from 'zod';
import type { RecordedRequest } from '../../../src/sandbox/emulator.ts';
import type { Sandbox } from '../../../src/sandbox/sandbox.ts';

const count = z.number();

/** What the emulated vendors were asked for. Token requests are left out: each peer holds its token. */
export const tallyShape = z.object({
  lucca: count,
  ctrlHub: count,
  naver: count,
  all: count,
  /** The most requests that followed one another without overlap: means nothing without latency, or under load. */
  rounds: count,
  /** Answers with 429. */
  refused: count,
});
export type Tally = z.infer<typeof tallyShape>;

export function tallyOf({ lucca, ctrlHub, naver }: Sandbox): Tally {
  const asked = (requests: RecordedRequest[]) => requests.filter((it) => it.method === 'GET');
  const [ofLucca, ofCtrlHub, ofNaver] = [lucca, ctrlHub, naver].map((it) => asked(it.requests));
  const all = [...(ofLucca ?? []), ...(ofCtrlHub ?? []), ...(ofNaver ?? [])];
  return {
    lucca: ofLucca?.length ?? 0,
    ctrlHub: ofCtrlHub?.length ?? 0,
    naver: ofNaver?.length ?? 0,
    all: all.length,
    rounds: longestChain(all),
    refused: all.filter((it) => it.status === 429).length,
  };
}

/** Taking whichever ends first is what makes the chain the longest. */
function longestChain(requests: RecordedRequest[]): number {
  let [length, freeFrom] = [0, Number.NEGATIVE_INFINITY];
  for (const { startedAt, endedAt } of requests.toSorted((a, b) => (a.endedAt ?? 0) - (b.endedAt ?? 0))) {
    if (endedAt === null || startedAt < freeFrom) continue;
    length += 1;
    freeFrom = endedAt;
  }
  return length;
}
