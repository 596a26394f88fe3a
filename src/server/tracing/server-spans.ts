import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
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
import { currentRequest, type RequestScope } from '../telemetry/request-scope.ts';

const endpoint = '/graphql';
const propagator = new W3CTraceContextPropagator();
const getter = {
  get: (headers: IncomingMessage['headers'], name: string) => headers[name],
  keys: (headers: IncomingMessage['headers']) => Object.keys(headers),
};

/** A span for every request, which goes on with the trace of its caller (W3C Trace Context), by HTTP's conventions. */
export function createServerSpans(tracer: Tracer, isRootSampled: () => boolean) {
  const contexts = new WeakMap<RequestScope, Context>();

  const around =
    (listener: RequestListener): RequestListener =>
    (request, response) => {
      const parent = propagator.extract(ROOT_CONTEXT, request.headers, getter);
      // What is no valid `traceparent` is as none: it must not choose what is sampled.
      const isRoot = trace.getSpanContext(parent) === undefined;
      if (!isRoot || isRootSampled()) open(request, response, parent);
      listener(request, response);
    };

  function open(request: IncomingMessage, response: ServerResponse, parent: Context): void {
    const scope = currentRequest();
    const span = tracer.startSpan(
      nameOf(request),
      { kind: SpanKind.SERVER, attributes: attributesOf(request) },
      parent,
    );
    if (scope !== null) contexts.set(scope, trace.setSpan(parent, span));
    if (span.isRecording()) response.once('close', () => end(span, response));
  }

  /** Of the request that is being answered; null where it is not sampled. */
  const current = (): Context | null => {
    const scope = currentRequest();
    return scope && (contexts.get(scope) ?? null);
  };

  return { around, current };
}

/** Whatever a caller writes into an address may name somebody: one path is told, and no other. */
const routeOf = ({ url = '' }: IncomingMessage): string | undefined =>
  url.split('?', 1)[0] === endpoint ? endpoint : undefined;

const methods = ['GET', 'POST', 'HEAD', 'OPTIONS', 'PUT', 'DELETE', 'PATCH'];
const methodOf = ({ method = '' }: IncomingMessage): string => (methods.includes(method) ? method : '_OTHER');

/** "If http.request.method is set to _OTHER, {method} MUST be HTTP." */
const nameOf = (request: IncomingMessage): string =>
  [methodOf(request).replace('_OTHER', 'HTTP'), routeOf(request)].filter((it) => it !== undefined).join(' ');

function attributesOf(request: IncomingMessage) {
  const route = routeOf(request);
  return {
    'http.request.method': methodOf(request),
    'url.scheme': 'http',
    'network.protocol.version': request.httpVersion,
    ...(route !== undefined && { 'http.route': route, 'url.path': route }),
  };
}

function end(span: Span, response: ServerResponse): void {
  const { headersSent, statusCode, writableFinished } = response;
  if (headersSent) span.setAttribute('http.response.status_code', statusCode);
  if (statusCode >= 500 || !writableFinished) {
    span.setAttribute('error.type', writableFinished ? String(statusCode) : 'connection_closed');
    span.setStatus({ code: SpanStatusCode.ERROR });
  }
  span.end();
}
