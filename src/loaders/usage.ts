import type { Loaded } from '../cache/entry.ts';
import type { ListOf } from '../domain/list-reading.ts';
import type { Upstream } from '../domain/upstream.ts';
import type { ErrorCode } from '../errors.ts';
import { type ListName, upstreamOf } from './list-names.ts';

/** For one upstream: the start of its oldest used reading, why no fresher list came, and how many rows were skipped. */
export type UpstreamUsage = { asOf: number; failure: ErrorCode | null; skippedRows: number };

/** A list that an operation got, or the code of its failure. */
export type ListUse = { readonly loaded: Loaded<ListOf<unknown>> } | { readonly error: string };

/** The lists from which an operation's response is made. */
export class Usage {
  readonly #upstreams = new Map<Upstream, UpstreamUsage>();
  readonly #versions = new Map<ListName, number>();
  readonly #lists = new Map<ListName, ListUse>();
  readonly #contested = new Map<Upstream, Set<string>>();
  #freshUntil = Number.POSITIVE_INFINITY;

  get upstreams(): ReadonlyMap<Upstream, UpstreamUsage> {
    return this.#upstreams;
  }

  /** All lists are fresh until this time, in milliseconds since 1970; infinite without lists, 0 if one has failed. */
  get freshUntil(): number {
    return this.#freshUntil;
  }

  /** The version of each list. */
  get versions(): ReadonlyMap<ListName, number> {
    return this.#versions;
  }

  /** The latest outcome of each requested list. */
  get lists(): ReadonlyMap<ListName, ListUse> {
    return this.#lists;
  }

  /** How many people a filter left out because their link to the upstream is contested; each counts once. */
  contestedIn(upstream: Upstream): number {
    return this.#contested.get(upstream)?.size ?? 0;
  }

  /** `id`: of a person who may match a filter that this upstream's record decides. */
  noteContested(upstream: Upstream, id: string): void {
    const known = this.#contested.get(upstream) ?? new Set();
    this.#contested.set(upstream, known.add(id));
  }

  /** `code`: the code of the failure. */
  noteFailed(list: ListName, code: string): void {
    this.#lists.set(list, { error: code });
    this.#freshUntil = 0;
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
