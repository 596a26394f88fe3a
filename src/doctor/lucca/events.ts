import { z } from 'zod';
import { key, object } from '../../http/wire-values.ts';
import type { ListQuery } from '../../upstreams/lucca/lists.ts';
import { resource } from '../../upstreams/lucca/resource.ts';
import { readerOf } from '../../upstreams/lucca/wire.ts';
import { type Finding, note, ok } from '../finding.ts';
import { plural, type Sample } from '../sample.ts';

const text = z.string().nullish();

/** Lucca, Events. What an event is about is left unread: it is the whole of a person's record, leaves included. */
const event = object({ id: key, topic: text, occurredAt: text, apiVersion: text });

export type LuccaEvent = z.infer<typeof event>;

export const events = resource('events', 'events.readonly', readerOf('events', event), (wire: LuccaEvent) => wire);

/** `limit` is not among the documented parameters of this list; pages of it name it all the same. */
export const eventsQuery: ListQuery = { filters: [], include: ['totalCount'] };

const dayMs = 86_400_000;

/** What the log looks like: how far back it goes, in which order, and in which versions. */
export function findEvents(
  { rows, received, hasNext }: Sample & { rows: readonly LuccaEvent[] },
  now: number,
): Finding {
  if (received === 0) {
    const advice = 'A history may need a webhook endpoint. Nothing of it is used: lists are read again and again.';
    return note('The event log is granted, and empty.', advice);
  }
  const times = rows.flatMap(({ occurredAt }) => (occurredAt == null ? [] : [Date.parse(occurredAt)]));
  const days = Math.max(0, Math.round((now - Math.min(...times)) / dayMs));
  const versions = [...new Set(rows.flatMap(({ apiVersion }) => apiVersion ?? []))].sort().join(', ');
  const topics = new Set(rows.map(({ topic }) => topic)).size;
  const found = `${plural(received, 'event')}${hasNext ? ' and more' : ''}, ${orderOf(times)}, of ${plural(topics, 'topic')}`;
  return ok(`${found}, from ${plural(days, 'day')} ago on, in version ${versions || 'unknown'}`);
}

function orderOf(times: readonly number[]): string {
  const isAscending = times.every((time, index) => index === 0 || time >= (times[index - 1] ?? time));
  const isDescending = times.every((time, index) => index === 0 || time <= (times[index - 1] ?? time));
  if (isAscending && isDescending) return 'all at one time';
  return isAscending ? 'oldest first' : isDescending ? 'newest first' : 'in no order';
}
