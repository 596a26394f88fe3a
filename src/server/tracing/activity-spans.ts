import {
  type Context,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { type Activity, type ActivityObserver, cancelled, type UpstreamAttempt } from '../../domain/activity.ts';

type Spanned = { span: Span; context: Context };

const propagator = new W3CTraceContextPropagator();
const setter = {
  set: (headers: Record<string, string>, name: string, value: string) => {
    headers[name] = value;
  },
};

/**
 * Spans of operations, of what they wait for, and of every request to an upstream, to which the trace is passed on. What
 * was begun for an operation is part of its trace; what nobody asked for, such as a renewal, is a trace of its own.
 */
export function createActivitySpans(
  tracer: Tracer,
  currentRequest: () => Context | null,
  isRootSampled: () => boolean,
) {
  const spans = new WeakMap<Activity, Spanned>();
  const attemptSpans = new WeakMap<UpstreamAttempt, Span>();

  /** Null for what belongs to no trace. */
  const parentOf = ({ kind, parent }: Activity): Context | null => {
    if (parent !== null) return spans.get(parent)?.context ?? null;
    if (kind === 'operation') return currentRequest();
    return isRootSampled() ? ROOT_CONTEXT : null;
  };

  /** For what others have begun there is a span with a link to their trace: what was begun for it is below it anyway. */
  function waits(activity: Activity): void {
    const own = spans.get(activity);
    if (own?.span.isRecording() !== true) return;
    for (const { activity: theirs, isOwn, startedAt, endedAt } of activity.joins) {
      const linked = spans.get(theirs)?.span.spanContext();
      if (isOwn || linked === undefined || endedAt === null) continue;
      const options = { startTime: startedAt, links: [{ context: linked }] };
      tracer.startSpan(`wait for ${theirs.name}`, options, own.context).end(endedAt);
    }
  }

  const observer: ActivityObserver = {
    onBegin: (activity) => {
      const { kind, name, startedAt } = activity;
      const parent = parentOf(activity);
      if (parent === null) return;
      const attributes = {
        'hr_graph.activity': kind,
        ...(activity.requestId !== null && { 'hr_graph.request_id': activity.requestId }),
      };
      const span = tracer.startSpan(
        kind === 'reading' ? `read ${name}` : name,
        { startTime: startedAt, attributes },
        parent,
      );
      spans.set(activity, { span, context: trace.setSpan(parent, span) });
    },
    onEnd: (activity, error) => {
      // An operation ends when it has been answered, with what came of it.
      const { span } = spans.get(activity) ?? {};
      if (span === undefined || activity.kind === 'operation') return;
      waits(activity);
      if (error !== null) fail(span, codeOf(error));
      span.end();
    },
    onSend: (attempt, activity) => {
      const own = spans.get(activity);
      if (own === undefined) return undefined;
      const span = tracer.startSpan(`${attempt.method} ${attempt.path}`, clientOptions(attempt), own.context);
      attemptSpans.set(attempt, span);
      if (attempt.number > 1) own.span.addEvent('retry', retryAttributes(attempt), attempt.startedAt);
      const headers: Record<string, string> = {};
      propagator.inject(trace.setSpan(own.context, span), headers, setter);
      return headers;
    },
    onReceived: (attempt) => {
      const span = attemptSpans.get(attempt);
      if (span === undefined) return;
      const { status, code, bytes, rows, endedAt } = attempt;
      if (status !== null) span.setAttribute('http.response.status_code', status);
      if (bytes !== null) span.setAttribute('http.response.body.size', bytes);
      if (rows !== null) span.setAttribute('hr_graph.rows', rows);
      if (code !== null) fail(span, code);
      span.end(endedAt ?? undefined);
    },
    onWait: ({ upstream, reason, startedAt, endedAt, code }, activity) => {
      const own = spans.get(activity);
      if (own === undefined) return;
      const attributes = { 'hr_graph.upstream': upstream };
      const span = tracer.startSpan(`held back: ${reason}`, { startTime: startedAt, attributes }, own.context);
      if (code !== null) fail(span, code);
      span.end(endedAt);
    },
  };

  return { observer, waits, spanOf: (activity: Activity) => spans.get(activity) ?? null };
}

export type ActivitySpans = ReturnType<typeof createActivitySpans>;

/** By the conventions of HTTP clients. Of the address what names an object or a company is left out. */
function clientOptions({ upstream, method, path, origin, number, startedAt }: UpstreamAttempt) {
  const { hostname, port, protocol } = new URL(origin);
  return {
    kind: SpanKind.CLIENT,
    startTime: startedAt,
    attributes: {
      'http.request.method': method,
      'server.address': hostname,
      'server.port': port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port),
      'url.template': path,
      'url.full': `${origin}${path.replaceAll(/\{\w+\}/g, 'REDACTED')}`,
      'hr_graph.upstream': upstream,
      ...(number > 1 && { 'http.request.resend_count': number - 1 }),
    },
  };
}

const retryAttributes = ({ upstream, method, path, number }: UpstreamAttempt) => ({
  'hr_graph.upstream': upstream,
  'http.request.method': method,
  'url.template': path,
  'http.request.resend_count': number - 1,
});

export function fail(span: Span, code: string): void {
  span.setAttribute('error.type', code);
  span.setStatus({ code: SpanStatusCode.ERROR });
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : cancelled;
