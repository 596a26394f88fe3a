import { z } from 'zod';
import { key, object } from '../../http/wire-values.ts';
import type { ListQuery } from '../../upstreams/lucca/lists.ts';
import { resource } from '../../upstreams/lucca/resource.ts';
import { readerOf } from '../../upstreams/lucca/wire.ts';
import { type Finding, note, ok } from '../finding.ts';
import { plural, type Sample } from '../sample.ts';

const text = z.string().nullish();

/** Lucca, Events. The subject of an event is not parsed: it contains a person's whole record, including leaves. */
const event = object({ id: key, topic: text, occurredAt: text, apiVersion: text });

export type LuccaEvent = z.infer<typeof event>;

export const events = resource('events', 'events.readonly', readerOf('events', event), (wire: LuccaEvent) => wire);

/** The documents do not list `limit` for this resource, but its page links contain it. */
export const eventsQuery: ListQuery = { filters: [], include: ['totalCount'] };

const dayMs = 86_400_000;

/** Describes the log: how far back it goes, its order and its versions. */
export function findEvents(
  { rows, received, hasNext }: Sample & { rows: readonly LuccaEvent[] },
  now: number,
): Finding {
  if (received === 0) {
    const advice = 'Nothing to change: hr-graph does not use the log. A history may need a webhook endpoint.';
    return note('The event log is granted, but empty.', advice);
  }
  const times = rows.flatMap(({ occurredAt }) => (occurredAt == null ? [] : [Date.parse(occurredAt)]));
  const days = Math.max(0, Math.round((now - Math.min(...times)) / dayMs));
  const versions = [...new Set(rows.flatMap(({ apiVersion }) => apiVersion ?? []))].sort().join(', ');
  const topics = new Set(rows.map(({ topic }) => topic)).size;
  const found = `${plural(received, 'event')}${hasNext ? ' and more' : ''}, ${orderOf(times)}, of ${plural(topics, 'topic')}`;
  return ok(`${found}, back to ${plural(days, 'day')} ago, in version ${versions || 'unknown'}`);
}

function orderOf(times: readonly number[]): string {
  const isAscending = times.every((time, index) => index === 0 || time >= (times[index - 1] ?? time));
  const isDescending = times.every((time, index) => index === 0 || time <= (times[index - 1] ?? time));
  if (isAscending && isDescending) return 'all at one time';
  return isAscending ? 'oldest first' : isDescending ? 'newest first' : 'in no order';
}
