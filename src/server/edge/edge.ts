import type { IncomingMessage, RequestListener } from 'node:http';
import type { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { refusal } from '../refusal.ts';
import { decodedRequest, isEncoded } from './decoded-request.ts';
import { normaliseMediaTypes, problemWithHead } from './head.ts';

/**
 * Converts requests of clients and gateways into the form that Yoga and the response cache expect: decompressed, with plain
 * media types. The plugin throws the error for an invalid request, so that Yoga responds as for other errors, with the
 * headers of CORS.
 */
export function createEdge(options: { hasGraphiql: boolean }) {
  const problems = new WeakMap<IncomingMessage, GraphQLError>();

  const around =
    (listener: RequestListener): RequestListener =>
    (request, response) => {
      normaliseMediaTypes(request, options);
      const problem = problemWithHead(request);
      if (problem !== null) problems.set(request, problem);
      if (problem !== null || !isEncoded(request)) return listener(request, response);
      void decodedRequest(request).then((decoded) => {
        if (decoded.problem !== null) problems.set(decoded.request, decoded.problem);
        listener(decoded.request, response);
      });
    };

  const useEdge = (): Plugin<object, { req?: IncomingMessage }> => ({
    onRequestParse: ({ serverContext, request, requestParser }) => {
      const problem = serverContext.req === undefined ? undefined : problems.get(serverContext.req);
      if (problem !== undefined) throw problem;
      if (request.method === 'POST' && requestParser === undefined) throw notJson();
    },
    onResponse: ({ response, setResponse, fetchAPI }) => {
      if (response.status !== 406) return;
      const headers = new fetchAPI.Headers(response.headers);
      headers.set('content-type', 'text/plain; charset=utf-8');
      const text = `Accept application/json or application/graphql-response+json.${options.hasGraphiql ? '' : noGraphiql}\n`;
      setResponse(new fetchAPI.Response(text, { status: 406, headers }));
    },
  });

  /** For a request that has passed through `around`. */
  const isRefused = (request: IncomingMessage): boolean => problems.has(request);

  return { around, useEdge, isRefused };
}

const noGraphiql = ' The explorer for browsers is off on this server; its operator may switch it on.';

const notJson = () =>
  refusal('Send the body as application/json.', {
    code: 'BAD_USER_INPUT',
    status: 415,
    headers: { Accept: 'application/json' },
  });
