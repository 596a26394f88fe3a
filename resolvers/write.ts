import type { NodeType } from '../src/domain/node-id.ts';
import { isGranted, type WriteScope } from '../src/domain/scopes.ts';
import { UpstreamError } from '../src/errors.ts';
import type { ListName } from '../src/loaders/list-names.ts';
import type { Context } from './context.ts';
import {
  type CommonError,
  type FieldError,
  type ForbiddenError,
  invalidInput,
  lacking,
  upstreamFailure,
} from './mutation-results.ts';

/** The one place that decides who may write what. */
function mayWrite({ isReadOnly, viewer }: Context, scope: WriteScope): boolean {
  return !isReadOnly && isGranted(viewer.scopes, scope);
}

const forbidden = ({ isReadOnly }: Context, scope: WriteScope): ForbiddenError =>
  isReadOnly ? { __typename: 'ForbiddenError', message: 'This deployment is read-only.' } : lacking(scope);

export type Write = {
  /** The mutation. */
  action: string;
  type: NodeType;
  /** For the audit log; null for input that names nothing. */
  key: string | null;
  scope: WriteScope;
  /** What is read anew afterwards, however the write ends. */
  invalidates: readonly ListName[];
  /** What is read anew besides where nobody knows how it ended. */
  mayChange: readonly ListName[];
};

/** An input that can be used, or everything that is wrong with it. */
export type Checked<T> = { value: T } | { faults: readonly FieldError[] };

/** `key` where the write has made clear which object it is about. */
export type Sent<Result> = { result: Result; traceId?: string | undefined; key?: string };

/**
 * The course of every mutation: rights, then the input's faults, then the write itself, and a line in the audit log
 * however it ends. Whatever may have been changed is invalidated before the caller hears of it, so that every later read
 * sees it.
 */
export async function perform<Input, Result extends { __typename: string }>(
  { scope, invalidates, mayChange, ...what }: Write,
  input: Checked<Input>,
  context: Context,
  send: (input: Input) => Promise<Sent<NoInfer<Result> | CommonError>>,
): Promise<Result | CommonError> {
  const { audit, viewer, loaders } = context;

  function ended<T extends Result | CommonError>({ result, traceId, key = what.key ?? undefined }: Sent<T>): T {
    const { __typename: outcome } = result;
    audit({ viewer: viewer.id, ...what, key: key ?? null, outcome, upstreamTraceId: traceId ?? null });
    return result;
  }

  if (!mayWrite(context, scope)) return ended({ result: forbidden(context, scope) });
  if ('faults' in input) return ended({ result: invalidInput(input.faults) });
  try {
    return ended(await send(input.value));
  } catch (error) {
    await loaders.invalidate(mayChange);
    if (error instanceof UpstreamError) return ended({ result: upstreamFailure(error), traceId: error.traceId });
    audit({ viewer: viewer.id, ...what, outcome: 'INTERNAL_SERVER_ERROR', upstreamTraceId: null });
    throw error;
  } finally {
    await loaders.invalidate(invalidates);
  }
}
