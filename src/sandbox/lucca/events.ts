import type { LuccaEmployeeRow } from '../company/data.ts';
import { servedVersion } from './api-version.ts';
import { among, anyOf } from './filters.ts';
import { complete, representEmployee } from './representations.ts';
import { defineResource } from './resource.ts';
import type { Json, View } from './view.ts';

type EventRow = { id: string; index: number; employee: LuccaEmployeeRow };

/** More than a page, and within the two months for which Lucca keeps events, at one event an hour. */
const eventCount = 150;
const hourMs = 3_600_000;

/**
 * The event log (Lucca, Events): one changed record each hour until now. Assumed: it accepts `page` and `limit`, because the
 * links in the samples have them.
 */
export const events = defineResource<EventRow>({
  collection: 'events',
  scope: 'events',
  rows: ({ employees }) =>
    employees.slice(0, eventCount).map((employee, index) => ({ id: String(800_001 + index), index, employee })),
  represent: representEvent,
  related: () => [],
  filters: { status: anyOf(() => 'delivered', { item: among('scheduled', 'delivered', 'failed'), atMost: 1 }) },
  sorts: {},
});

function representEvent({ id, index, employee }: EventRow, view: View): Json {
  const hoursAgo = view.knobs.eventOrder === 'newest first' ? index : eventCount - index;
  const members = {
    id,
    type: 'event',
    url: `${view.baseUrl}/events/${id}`,
    apiVersion: servedVersion,
    topic: 'employee.updated',
    occurredAt: new Date(Date.now() - hoursAgo * hourMs).toISOString(),
    source: view.baseUrl,
    data: representEmployee(employee, view),
    businessEstablishment: null,
    previousAttributes: null,
  };
  return complete(members, { retry: null }, view);
}
