import type { ListOf } from '../domain/list-reading.ts';
import { UpstreamError } from '../errors.ts';
import { type ListName, upstreamOf } from './list-names.ts';

/** For a key whose row came and could not be used: what it stands for is unknown, and not gone. Null for other keys. */
export function skippedRow(name: ListName, list: Pick<ListOf<unknown>, 'skipped'>, key: string): UpstreamError | null {
  if (!list.skipped.some((row) => row.key === key)) return null;
  return new UpstreamError({
    code: 'UPSTREAM_INVALID_RESPONSE',
    upstream: upstreamOf(name),
    message: `What has this key is in the list of ${name}, but could not be used.`,
  });
}
