import { getOperationAST } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { Logger } from 'pino';
import { codesOf } from '../error-codes.ts';

/** One line per operation: what ran, how long, and which kinds of error it met. No variables, no arguments, no data. */
export function useRequestLog(logger: Logger): Plugin {
  return {
    onExecute: ({ args }) => {
      const startedAt = performance.now();
      const operation = getOperationAST(args.document, args.operationName);
      return {
        onExecuteDone: ({ result }) => {
          const errors = Symbol.asyncIterator in result ? {} : codesOf(result);
          logger.info(
            {
              operation: operation?.name?.value ?? null,
              type: operation?.operation,
              milliseconds: Math.round(performance.now() - startedAt),
              errors,
            },
            'operation',
          );
        },
      };
    },
  };
}
