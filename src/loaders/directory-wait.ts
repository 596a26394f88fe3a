import { setTimeout as delay } from 'node:timers/promises';
import type { Upstream } from '../domain/upstream.ts';
import { UpstreamError } from '../errors.ts';
import type { Upstreams } from '../upstreams/upstreams.ts';

/** How long one operation waits for a directory that is being read. */
const patienceMs = 10_000;
const pollMs = 50;

/** One operation's patience with the directory of a big company, whose reading goes on without it. */
export type DirectoryWait = {
  /** Throws UPSTREAM_RATE_LIMITED, with the time that is still needed, as soon as that is too long. */
  wait<T>(reading: Promise<T>): Promise<T>;
  /** True while the directory will not be there in time. */
  isSlow(): boolean;
};

export function createDirectoryWait(upstream: Upstream, { monitor }: Pick<Upstreams, 'monitor'>): DirectoryWait {
  const deadline = performance.now() + patienceMs;
  const remainingMs = () => deadline - performance.now();

  const secondsToGo = () => monitor(upstream)?.directorySecondsToGo() ?? 0;
  const isSlow = () => secondsToGo() * 1000 > remainingMs();

  async function wait<T>(reading: Promise<T>): Promise<T> {
    const outcome = reading.then((value) => ({ value }));
    for (;;) {
      const settled = await Promise.race([outcome, delay(pollMs)]);
      if (settled !== undefined) return settled.value;
      if (isSlow() || remainingMs() <= 0) throw stillReading(upstream, Math.max(secondsToGo(), 1));
    }
  }

  return { wait, isSlow };
}

const stillReading = (upstream: Upstream, seconds: number) =>
  new UpstreamError({
    code: 'UPSTREAM_RATE_LIMITED',
    upstream,
    message:
      'The directory is still being read, as fast as the allowance permits; without all of it nothing is guessed.',
    retryAfterSeconds: seconds,
  });
