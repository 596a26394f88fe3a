import { getOperationAST } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { Viewer } from '../../../resolvers/context.ts';
import { ResolverTimes } from '../../../resolvers/resolver-times.ts';
import { Activity, type ActivityObserver, cancelled } from '../../domain/activity.ts';
import type { Usage } from '../../loaders/usage.ts';
import { codesOf } from '../error-codes.ts';
import { currentRequest } from './request-scope.ts';

/** What is known of an operation that has run. Times are in milliseconds, those of moments by `performance.now()`. */
export type OperationRecord = {
  /** Null for an operation without a name. */
  readonly name: string | null;
  readonly type: 'query' | 'mutation' | 'subscription';
  /** The id by which logs know the caller. */
  readonly caller: string;
  /** What it asked of the upstreams, and what it waited for. */
  readonly activity: Activity;
  /** When the request came. */
  readonly receivedAt: number;
  /** When it was known, allowed and valid. */
  readonly startedAt: number;
  endedAt: number | null;
  planningMs: number;
  executionMs: number;
  /** Null where nobody reads them. */
  readonly resolvers: ResolverTimes | null;
  /** The lists that it was answered from; null where it did not run. */
  usage: Usage | null;
  /** How often each code. */
  errors: Readonly<Record<string, number>>;
};

/** An operation that was answered; `record` is null where a cached response was. */
export type AnsweredOperation = Pick<OperationRecord, 'name' | 'type' | 'caller' | 'errors'> & {
  /** From the moment that it could run. */
  milliseconds: number;
  record: OperationRecord | null;
};

export type OperationListener = (operation: AnsweredOperation) => void;

type OperationListeners = {
  /** Whether the resolvers of the operation are to be timed. */
  measuresResolvers: (activity: Activity) => boolean;
  onAnswered: OperationListener;
  /** Of a request that was turned away before any operation ran: each code of its errors. */
  onRefused: (code: string) => void;
};

/** Opens the record of each operation that is valid, and hands it to `onAnswered` when the operation has run. */
export function useOperationRecord(
  observer: ActivityObserver | null,
  { measuresResolvers, onAnswered, onRefused }: OperationListeners,
): Plugin<{ viewer: Viewer; record?: OperationRecord }> {
  return {
    onExecute: ({ args, extendContext }) => {
      const operation = getOperationAST(args.document, args.operationName);
      const request = currentRequest();
      const name = operation?.name?.value ?? null;
      const startedAt = performance.now();
      const activity = new Activity({
        ...{ name: name ?? 'unnamed', kind: 'operation', requestId: request?.id ?? null, observer },
      });
      const record: OperationRecord = {
        name,
        type: operation?.operation ?? 'query',
        caller: args.contextValue.viewer.id,
        activity,
        receivedAt: request?.receivedAt ?? startedAt,
        startedAt,
        endedAt: null,
        planningMs: 0,
        executionMs: 0,
        resolvers: measuresResolvers(activity) ? new ResolverTimes() : null,
        usage: null,
        errors: {},
      };
      extendContext({ record });
      const end = (errors: OperationRecord['errors']) => {
        if (record.endedAt !== null) return;
        record.endedAt = performance.now();
        record.errors = errors;
        record.activity.end();
        onAnswered({ ...record, milliseconds: Math.round(record.endedAt - startedAt), record });
      };
      if (request !== null) request.endOperation = end;
      return {
        onExecuteDone: ({ result }) => end(Symbol.asyncIterator in result ? {} : codesOf(result)),
      };
    },
    onResultProcess: ({ result }) => {
      const request = currentRequest();
      if (request === null || Array.isArray(result) || !('errors' in result)) return;
      const codes = codesOf(result);
      const { endOperation } = request;
      if (endOperation === null) for (const code of Object.keys(codes)) onRefused(code);
      // An operation with a result has ended already. Yoga reports no error for a caller who has hung up.
      else endOperation(Object.keys(codes).length > 0 ? codes : { [cancelled]: 1 });
    },
  };
}
