import { isGranted, type ReadScope } from '../src/domain/scopes.ts';
import { PermissionError } from '../src/errors.ts';
import type { Viewer } from './context.ts';

/** Returns true, or throws a PermissionError that names the scope. */
export function requireScope({ scopes }: Viewer, scope: ReadScope): true {
  if (!isGranted(scopes, scope)) throw new PermissionError(scope);
  return true;
}
