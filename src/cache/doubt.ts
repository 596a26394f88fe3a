import type { ListOf } from '../domain/list-reading.ts';
import type { Upstream } from '../domain/upstream.ts';
import { UpstreamError } from '../errors.ts';

/** The second reading has to begin so much later than the first. Where nothing is cached there is nothing to keep, either. */
const doubtMs = 60_000;

export type Doubtful = { upstream: Upstream; name: string; windows: { freshSeconds: number } };

/**
 * Everybody gone from one reading to the next, with status 200, is more often a fault of the upstream (a right that was
 * taken away, an index that is being built) than the truth. So it takes a second reading to be believed.
 */
export class Doubt {
  #since: number | null = null;

  /**
   * `earlier` is what is current now, without what we have changed ourselves; null where nothing is. Throws
   * UPSTREAM_UNAVAILABLE, which lets the earlier list stand in, for an emptied one that no earlier reading has told of.
   */
  check(of: Doubtful, earlier: ListOf<unknown> | null, later: ListOf<unknown>, startedAt: number): void {
    const isEmptied = earlier !== null && earlier.rows.length > 0 && later.rows.length === 0;
    this.#since = isEmptied ? (this.#since ?? startedAt) : null;
    const isConfirmed = this.#since !== null && startedAt - this.#since >= doubtMs;
    if (this.#since === null || isConfirmed || of.windows.freshSeconds === 0) return;
    throw new UpstreamError({
      code: 'UPSTREAM_UNAVAILABLE',
      upstream: of.upstream,
      message: `The list of ${of.name} came without a row, and had ${earlier?.rows.length} before: it is believed when a reading says so again ${doubtMs / 1000} s later. If nobody has left, look at what the credentials may read.`,
      summary: 'came without a row, which is not believed at once',
    });
  }
}
