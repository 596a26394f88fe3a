import { type ErrorCode, UpstreamError } from '../errors.ts';
import type { Windows } from './windows.ts';

/**
 * A list as stored for a restart. `asOf`: when its reading began, in milliseconds since 1970. `tookMs`: how long a
 * request would wait for another reading.
 */
export type StoredList<L> = { value: L; asOf: number; tookMs: number };

export type Entry<L> = StoredList<L> & { windows: Windows };

/** A list that serves. Times are in milliseconds since 1970. */
export type Loaded<L> = {
  readonly value: L;
  /** When its reading began. */
  readonly asOf: number;
  readonly freshUntil: number;
  /** Why the list could not be renewed: the code of the last failure; null if none. */
  readonly failure: ErrorCode | null;
};

export const toLoaded = <L>({ value, asOf, windows }: Entry<L>, failure: ErrorCode | null): Loaded<L> => ({
  value,
  asOf,
  freshUntil: asOf + windows.fresh,
  failure,
});

/**
 * Errors for which a stale list serves (RFC 5861, section 4). Missing rights are not among them: we stop showing what
 * an upstream no longer shows us.
 */
const outages: readonly ErrorCode[] = ['UPSTREAM_TIMEOUT', 'UPSTREAM_UNAVAILABLE', 'UPSTREAM_RATE_LIMITED'];

/** A failure that says nothing about the data, so an older list may stand in for a while. */
export const isOutage = (error: unknown): error is UpstreamError =>
  error instanceof UpstreamError && outages.includes(error.code);

/** True if the upstream no longer lets us read the list. */
export const isRefusal = (error: UpstreamError | null): boolean => error?.code === 'UPSTREAM_AUTH_FAILED';
