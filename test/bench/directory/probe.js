import { monitorEventLoopDelay } from 'node:perf_hooks';

/**
 * Loaded ahead of the server, into its process: tells over the channel to its parent what only the process itself knows,
 * and lets the cache's clock skip the hours for which nothing has to be waited. JavaScript, and without the server's own
 * modules until it is asked, for the reason that src/server/main.js gives: it is not to change what it measures.
 */
const resolutionMs = 1;
const delays = monitorEventLoopDelay({ resolution: resolutionMs });
delays.enable();

const keepers = new Set();
let skippedMs = 0;
let isAttached = false;

async function attach() {
  if (isAttached) return;
  isAttached = true;
  const { Keeper } = await import('../../../src/directory/keeper.ts');
  const { systemClock } = await import('../../../src/cache/clock.ts');
  const { publish } = Keeper.prototype;
  Keeper.prototype.publish = function (...publication) {
    keepers.add(this);
    return publish.apply(this, publication);
  };
  const { now } = systemClock;
  systemClock.now = () => now() + skippedMs;
}

const inMs = (nanoseconds) => Math.max(0, nanoseconds / 1e6 - resolutionMs);
const megabytes = (bytes) => Math.round(bytes / 1024 ** 2);

function figures() {
  const { heapUsed, heapTotal, external } = process.memoryUsage();
  return {
    longestSliceMs: Math.max(0, ...[...keepers].map((it) => it.longestSliceMs)),
    delayP50: inMs(delays.percentile(50)),
    delayP999: inMs(delays.percentile(99.9)),
    delayMax: inMs(delays.max),
    heapUsed: megabytes(heapUsed),
    heapTotal: megabytes(heapTotal),
    external: megabytes(external),
  };
}

process.on('message', ({ skipSeconds, resetsDelays }) => {
  const now = figures();
  void attach().then(() => {
    skippedMs += skipSeconds * 1000;
    process.send?.(now);
    if (resetsDelays) delays.reset();
  });
});
// The channel does not keep a server alive that has stopped.
process.channel?.unref();
