import { getOperationAST } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { Viewer } from '../../../resolvers/context.ts';
import { type Disclosure, newDisclosure } from '../../../resolvers/disclosure.ts';
import type { AuditLog } from '../audit-log.ts';
import { codesOf } from '../error-codes.ts';
import { shownIn } from '../shown-data.ts';

/**
 * Writes one line to the audit log for each operation that runs: the caller, the operation, the fields with their data
 * classes, and the number of people. Requests that are rejected earlier read nothing and are in the server's own log.
 */
export function useReadAudit(audit: AuditLog): Plugin<{ viewer: Viewer; disclosure?: Disclosure }> {
  if (!audit.isOn) return {};
  return {
    onExecute: ({ args, extendContext }) => {
      const { viewer } = args.contextValue;
      const operation = getOperationAST(args.document, args.operationName);
      const disclosure = newDisclosure();
      extendContext({ disclosure });
      return {
        onExecuteDone: ({ result }) => {
          audit.read({
            viewer: viewer.id,
            operation: operation?.name?.value ?? null,
            operationType: operation?.operation ?? 'query',
            ...shownIn(disclosure),
            errors: Symbol.asyncIterator in result ? {} : codesOf(result),
          });
        },
      };
    },
  };
}
