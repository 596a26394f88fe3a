import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import {
  type Attributes,
  type Context,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { currentRequest } from '../telemetry/request-scope.ts';

const endpoint = '/graphql';
const propagator = new W3CTraceContextPropagator();
const getter = {
  get: (headers: IncomingMessage['headers'], name: string) => headers[name],
  keys: (headers: IncomingMessage['headers']) => Object.keys(headers),
};

/** What a request has of a trace, on its scope: a map beside it would outlive it, and cost more than the span. */
type Traced = { parent: Context; span: Span };

/** A span for every request, which goes on with the trace of its caller (W3C Trace Context), by HTTP's conventions. */
export function createServerSpans(tracer: Tracer, isRootSampled: () => boolean) {
  const around =
    (listener: RequestListener): RequestListener =>
    (request, response) => {
      const parent =
        request.headers.traceparent === undefined
          ? ROOT_CONTEXT
          : propagator.extract(ROOT_CONTEXT, request.headers, getter);
      // An invalid `traceparent` is as none: it must not choose what is sampled.
      const isRoot = parent === ROOT_CONTEXT;
      if (!isRoot || isRootSampled()) open(request, response, parent);
      listener(request, response);
    };

  function open(request: IncomingMessage, response: ServerResponse, parent: Context): void {
    const scope = currentRequest();
    const span = tracer.startSpan(...descriptionOf(request), parent);
    if (scope !== null) scope.trace = { parent, span } satisfies Traced;
    if (span.isRecording()) response.once('close', () => end(span, response));
  }

  /** Of the request that is being answered; null where it is not sampled. */
  const current = (): Context | null => {
    const traced = currentRequest()?.trace;
    return isTraced(traced) ? trace.setSpan(traced.parent, traced.span) : null;
  };

  return { around, current };
}

const isTraced = (it: object | null | undefined): it is Traced => it != null && 'span' in it && 'parent' in it;

const methods = ['GET', 'POST', 'HEAD', 'OPTIONS', 'PUT', 'DELETE', 'PATCH'];

/** "If http.request.method is set to _OTHER, {method} MUST be HTTP", which is the first word of the span's name. */
const described = (
  method: string,
  route: string | null,
  version: string,
): [string, { kind: SpanKind; attributes: Attributes }] => [
  [method.replace('_OTHER', 'HTTP'), ...(route === null ? [] : [route])].join(' '),
  {
    kind: SpanKind.SERVER,
    attributes: {
      'http.request.method': method,
      'url.scheme': 'http',
      'network.protocol.version': version,
      ...(route !== null && { 'http.route': route, 'url.path': route }),
    },
  },
];

/** Of nearly all requests, made once. */
const usual = described('POST', endpoint, '1.1');

/** Whatever a caller writes into an address may name somebody: spans have one path, and no other. */
function descriptionOf({ method = '', url = '', httpVersion }: IncomingMessage): typeof usual {
  if (method === 'POST' && url === endpoint && httpVersion === '1.1') return usual;
  const route = url.split('?', 1)[0] === endpoint ? endpoint : null;
  return described(methods.includes(method) ? method : '_OTHER', route, httpVersion);
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
