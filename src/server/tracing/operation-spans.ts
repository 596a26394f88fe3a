import type { Tracer } from '@opentelemetry/api';
import type { AnsweredOperation } from '../telemetry/operation-record.ts';
import { type ActivitySpans, fail } from './activity-spans.ts';

/** Less is not worth a span of its own. */
const leastMs = 0.1;

/** Ends the span of an operation, by GraphQL's conventions, with one for each part of it that took time. */
export function endOperationSpan(
  tracer: Tracer,
  { spanOf, waits }: ActivitySpans,
  { type, name, errors, record }: AnsweredOperation,
): void {
  const own = record && spanOf(record.activity);
  if (own == null || record === null) return;
  const { span, context } = own;
  if (span.isRecording()) {
    // "The span name MUST be of the format {graphql.operation.type}": names of operations are their callers'.
    span.updateName(type);
    span.setAttribute('graphql.operation.type', type);
    if (name !== null) span.setAttribute('graphql.operation.name', name);
    const codes = Object.keys(errors);
    if (codes.length > 0) span.setAttribute('hr_graph.error_codes', codes);
    const failure = codes.find((code) => code.startsWith('UPSTREAM_') || code === 'INTERNAL_SERVER_ERROR');
    if (failure !== undefined) fail(span, failure);
    waits(record.activity);
    for (const part of record.resolvers?.groups() ?? []) {
      if (part.endedAt - part.startedAt < leastMs) continue;
      const attributes = { 'hr_graph.resolver.calls': part.calls, 'hr_graph.resolver.busy_ms': part.busyMs };
      const options = { startTime: part.startedAt, attributes };
      tracer.startSpan(`resolve ${part.coordinate}`, options, context).end(part.endedAt);
    }
  }
  span.end(record.endedAt ?? undefined);
}
