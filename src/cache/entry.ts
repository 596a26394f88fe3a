import { type ErrorCode, UpstreamError } from '../errors.ts';
import type { Windows } from './windows.ts';

/**
 * A list as a copy for a restart holds it. `asOf`: when its reading began, in milliseconds since 1970. `tookMs`: how long
 * somebody would have to wait for another one.
 */
export type StoredList<L> = { value: L; asOf: number; tookMs: number };

export type Entry<L> = StoredList<L> & { windows: Windows };

/** A list that serves. Times are in milliseconds since 1970. */
export type Loaded<L> = {
  readonly value: L;
  /** When its reading began. */
  readonly asOf: number;
  readonly freshUntil: number;
  /** Why there is no fresher one, where the upstream was asked in vain. */
  readonly failure: ErrorCode | null;
};

export const toLoaded = <L>({ value, asOf, windows }: Entry<L>, failure: ErrorCode | null): Loaded<L> => ({
  value,
  asOf,
  freshUntil: asOf + windows.fresh,
  failure,
});

/** RFC 5861, section 4. Not for lack of rights: what an upstream no longer shows us is not shown on. */
const outages: readonly ErrorCode[] = ['UPSTREAM_TIMEOUT', 'UPSTREAM_UNAVAILABLE', 'UPSTREAM_RATE_LIMITED'];

/** A failure that says nothing about the data: an older list may stand in for a while. */
export const isOutage = (error: unknown): error is UpstreamError =>
  error instanceof UpstreamError && outages.includes(error.code);

/** The upstream no longer shows us the list. */
export const isRefusal = (error: UpstreamError | null): boolean => error?.code === 'UPSTREAM_AUTH_FAILED';
