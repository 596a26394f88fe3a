import type { Plugin } from 'graphql-yoga';
import type { Viewer } from '../../../resolvers/context.ts';
import type { SpendAllowance } from './caller-allowance.ts';

/** Rejects callers who exceed their rate limit, as soon as they are authenticated. */
export function useCallerRateLimit(spendAllowance: SpendAllowance): Plugin<object, { viewer?: Viewer }> {
  return { onRequestParse: ({ serverContext }) => spendAllowance(serverContext.viewer) };
}
