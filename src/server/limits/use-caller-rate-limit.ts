import type { Plugin } from 'graphql-yoga';
import type { Viewer } from '../../../resolvers/context.ts';
import type { SpendAllowance } from './caller-allowance.ts';

/** Refuses callers who ask too often, as soon as they are known. */
export function useCallerRateLimit(spendAllowance: SpendAllowance): Plugin<object, { viewer?: Viewer }> {
  return { onRequestParse: ({ serverContext }) => spendAllowance(serverContext.viewer) };
}
