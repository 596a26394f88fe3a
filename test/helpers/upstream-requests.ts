import type { Upstream } from '../../src/domain/upstream.ts';
import type { RecordedRequest } from '../../src/sandbox/emulator.ts';

type Requests = Record<Upstream, RecordedRequest[]>;

const uuid = '[\\da-f]{8}(?:-[\\da-f]{4}){3}-[\\da-f]{12}';

/** What every path of an upstream begins with. */
const prefixes: Record<Upstream, RegExp> = {
  LUCCA: /^\/lucca-api\//,
  CTRL_HUB: new RegExp(`^/v3/(?:orgs/${uuid}/iam/)?`),
  NAVER: new RegExp(`^/organization/apigw/v2/company/${uuid}/`),
};

/**
 * The requests to each upstream for people to read, in alphabetical order since parallel ones come in any:
 * `GET employees?limit=100&include=links&page=…`. Queries are decoded, and cursors left out.
 */
export function requestLines(requests: Requests): Record<Upstream, string[]> {
  const lines = (upstream: Upstream) =>
    requests[upstream].map(({ method, target }) => `${method} ${readable(target, prefixes[upstream])}`).sort();
  return { LUCCA: lines('LUCCA'), CTRL_HUB: lines('CTRL_HUB'), NAVER: lines('NAVER') };
}

function readable(target: string, prefix: RegExp): string {
  const [path = '', query] = target.split('?');
  const short = path.replace(prefix, '');
  return query === undefined ? short : `${short}?${decodeURIComponent(query).replace(/(?<=\bpage=)[^&]+/, '…')}`;
}

/** The longest chain of requests of which each began after the one before had ended. */
export function roundsOf(requests: Requests): number {
  const inOrder = Object.values(requests)
    .flat()
    .toSorted((a, b) => a.startedAt - b.startedAt);
  const depths: number[] = [];
  for (const request of inOrder) {
    const before = inOrder.slice(0, depths.length).map((it, index) => {
      const hasEnded = it.endedAt !== null && it.endedAt <= request.startedAt;
      return hasEnded ? (depths[index] ?? 0) : 0;
    });
    depths.push(1 + Math.max(0, ...before));
  }
  return Math.max(0, ...depths);
}
