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
  missingScope,
  upstreamFailure,
} from './mutation-results.ts';

/** The only check of who may write. */
function mayWrite({ isReadOnly, viewer }: Context, scope: WriteScope): boolean {
  return !isReadOnly && isGranted(viewer.scopes, scope);
}

const forbidden = ({ isReadOnly }: Context, scope: WriteScope): ForbiddenError =>
  isReadOnly ? { __typename: 'ForbiddenError', message: 'This deployment is read-only.' } : missingScope(scope);

export type Write = {
  /** The name of the mutation. */
  action: string;
  type: NodeType;
  /** The object's key for the audit log; null if the input names none. */
  key: string | null;
  scope: WriteScope;
  /** Lists to invalidate after the write, whether or not it succeeded. */
  invalidates: readonly ListName[];
  /** Further lists to invalidate if the outcome is unknown. */
  mayChange: readonly ListName[];
};

/** A valid input, or all of its faults. */
export type Checked<T> = { value: T } | { faults: readonly FieldError[] };

/** The result of a write. `key`: the object's key, if only the write determined it. */
export type Sent<Result> = { result: Result; traceId?: string | undefined; key?: string };

/**
 * The steps of every mutation: check the rights, check the input, write, and add a line to the audit log in every case.
 * Everything that may have changed is invalidated before the caller gets the result, so that every later read sees the
 * write.
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
