import type { ListOf } from '../domain/list-reading.ts';
import { UpstreamError } from '../errors.ts';
import { type ListName, upstreamOf } from './list-names.ts';

/** The error for a key whose row was skipped: its content is unknown, but the row exists. Null for other keys. */
export function skippedRow(name: ListName, list: Pick<ListOf<unknown>, 'skipped'>, key: string): UpstreamError | null {
  if (!list.skipped.some((row) => row.key === key)) return null;
  return new UpstreamError({
    code: 'UPSTREAM_INVALID_RESPONSE',
    upstream: upstreamOf(name),
    message: `The row with this key is in the list of ${name}, but could not be used.`,
  });
}
