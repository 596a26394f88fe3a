import type { Loaded } from '../cache/entry.ts';
import type { Upstream } from '../domain/upstream.ts';
import type { ErrorCode } from '../errors.ts';
import { type ListName, upstreamOf } from './list-names.ts';

/** How old the oldest of an upstream's lists is, why there was no fresher one, and how many of its rows were skipped. */
export type UpstreamUsage = { asOf: number; failure: ErrorCode | null; skippedRows: number };

/** The lists that an operation's response is made of. */
export class Usage {
  readonly #upstreams = new Map<Upstream, UpstreamUsage>();
  readonly #versions = new Map<ListName, number>();
  #freshUntil = Number.POSITIVE_INFINITY;

  get upstreams(): ReadonlyMap<Upstream, UpstreamUsage> {
    return this.#upstreams;
  }

  /** Until then all of them are fresh, in milliseconds since 1970; infinite where there are none. */
  get freshUntil(): number {
    return this.#freshUntil;
  }

  /** Of each list, its version. */
  get versions(): ReadonlyMap<ListName, number> {
    return this.#versions;
  }

  note(list: ListName, version: number, { asOf, freshUntil, failure, value }: Loaded<{ skipped: readonly unknown[] }>) {
    const isNew = !this.#versions.has(list);
    this.#versions.set(list, version);
    this.#freshUntil = Math.min(this.#freshUntil, freshUntil);
    const skippedRows = isNew ? value.skipped.length : 0;
    const upstream = upstreamOf(list);
    const known = this.#upstreams.get(upstream);
    this.#upstreams.set(upstream, {
      asOf: Math.min(known?.asOf ?? asOf, asOf),
      failure: known?.failure ?? failure,
      skippedRows: (known?.skippedRows ?? 0) + skippedRows,
    });
  }
}
