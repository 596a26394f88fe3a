import { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { Logger } from 'pino';
import type { CallerContext } from '../caller-context.ts';
import type { Authenticate } from './authenticate.ts';

/** Authenticates the caller before the body is read. GraphiQL's page is served earlier, and is open to everybody. */
export function useAuthentication(authenticate: Authenticate, logger: Logger): Plugin<object, CallerContext> {
  return {
    onRequestParse: async ({ request, serverContext }) => {
      try {
        if (serverContext.refusal !== undefined) throw serverContext.refusal;
        serverContext.viewer ??= await authenticate(request.headers);
      } catch (error) {
        if (error instanceof GraphQLError) logger.info({ reason: error.message }, 'a caller was turned away');
        throw error;
      }
    },
  };
}
