import { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { Logger } from 'pino';
import type { CallerContext } from '../caller-context.ts';
import type { Authenticate } from './authenticate.ts';

/** Who asks is known before the body is read. GraphiQL's page, which comes before, is for everybody. */
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
