import type { ListOf } from '../domain/list-reading.ts';
import type { Upstream } from '../domain/upstream.ts';
import { UpstreamError } from '../errors.ts';

/** Least time between the two readings. With caching off there is no list to keep: an empty one is accepted at once. */
const doubtMs = 60_000;

export type Doubtful = { upstream: Upstream; name: string; windows: { freshSeconds: number } };

/**
 * Guards against a list that is suddenly empty. An empty list with status 200 is more often a fault of the upstream (a
 * revoked right, an index that is being rebuilt) than the truth, so a second reading has to confirm it.
 */
export class Doubt {
  #since: number | null = null;

  /**
   * `earlier`: the list that was read last; null before the first reading. Throws UPSTREAM_UNAVAILABLE for an
   * emptied list that no earlier reading has reported, so that the earlier list stands in.
   */
  check(of: Doubtful, earlier: ListOf<unknown> | null, later: ListOf<unknown>, startedAt: number): void {
    const isEmptied = earlier !== null && earlier.rows.length > 0 && later.rows.length === 0;
    this.#since = isEmptied ? (this.#since ?? startedAt) : null;
    const isConfirmed = this.#since !== null && startedAt - this.#since >= doubtMs;
    if (this.#since === null || isConfirmed || of.windows.freshSeconds === 0) return;
    throw new UpstreamError({
      code: 'UPSTREAM_UNAVAILABLE',
      upstream: of.upstream,
      message: `The list of ${of.name} came without a row, and had ${earlier?.rows.length} before: it is accepted if a reading ${doubtMs / 1000} s later is empty as well. If nobody has left, check what the credentials may read.`,
      summary: 'came without a row, which is not accepted at once',
    });
  }
}
