import { text } from 'node:stream/consumers';
import autocannon from 'autocannon';
import { saysFailed } from './failure.ts';
import { type Job, jobShape, type Load } from './job.ts';

/** Reads a job from standard input and writes what came of it, both JSON. */
process.stdout.write(JSON.stringify(await load(jobShape.parse(JSON.parse(await text(process.stdin))))));

async function load({ url, connections, seconds, bodies }: Job): Promise<Load> {
  let [client, failed, operations] = [0, 0, 0];
  let firstFailure: string | null = null;
  const startedAt = performance.now();
  let endedAt = startedAt;
  const result = await autocannon({
    url,
    connections,
    duration: seconds,
    timeout: 60,
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: bodies[0] ?? '',
    setupClient: (it) => {
      const share = shareOf(bodies, client++, connections);
      it.setRequests(share.map((body) => ({ method: 'POST', body })));
      // Bodies pass by chunk by chunk, and are read from where they begin to tell of errors.
      let errors = '';
      it.on('body', (chunk) => {
        const at = errors === '' ? chunk.indexOf('"errors":[') : 0;
        if (at !== -1) errors += String(chunk.subarray(at));
      });
      it.on('response', () => {
        if (saysFailed(errors)) {
          failed += 1;
          firstFailure ??= errors.slice(0, 300);
        }
        errors = '';
        operations += 1;
        endedAt = performance.now();
      });
    },
  });
  return {
    operations,
    sent: result.requests.sent,
    perSecond: operations === 0 ? 0 : operations / ((endedAt - startedAt) / 1000),
    p50: result.latency.p50,
    p99: result.latency.p99,
    failed: failed + result.non2xx + result.errors + result.timeouts,
    firstFailure,
  };
}

/** Every so-manieth body, from its own on; all of them, from another place on, where there are too few to share. */
function shareOf(bodies: readonly string[], client: number, clients: number): string[] {
  const share = bodies.filter((_, index) => index % clients === client % clients);
  if (share.length > 0) return share;
  return [...bodies];
}
