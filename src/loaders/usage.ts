import type { Loaded } from '../cache/entry.ts';
import type { ListOf } from '../domain/list-reading.ts';
import type { Upstream } from '../domain/upstream.ts';
import type { ErrorCode } from '../errors.ts';
import { type ListName, upstreamOf } from './list-names.ts';

/** How old the oldest of an upstream's lists is, why there was no fresher one, and how many of its rows were skipped. */
export type UpstreamUsage = { asOf: number; failure: ErrorCode | null; skippedRows: number };

/** A list as an operation got it, or why it did not. */
export type ListUse = { readonly loaded: Loaded<ListOf<unknown>> } | { readonly error: string };

/** The lists that an operation's response is made of. */
export class Usage {
  readonly #upstreams = new Map<Upstream, UpstreamUsage>();
  readonly #versions = new Map<ListName, number>();
  readonly #lists = new Map<ListName, ListUse>();
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

  /** Each list that it has asked for, as it got it last. */
  get lists(): ReadonlyMap<ListName, ListUse> {
    return this.#lists;
  }

  /** `code`: why the list could not be had. */
  noteFailed(list: ListName, code: string): void {
    this.#lists.set(list, { error: code });
  }

  note(list: ListName, version: number, loaded: Loaded<ListOf<unknown>>) {
    const { asOf, freshUntil, failure, value } = loaded;
    this.#lists.set(list, { loaded });
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
