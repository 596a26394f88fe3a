import { type Awaitable, whenThere } from '../src/domain/awaitable.ts';
import type { Employee } from '../src/domain/employee.ts';
import type { EmployeeBy } from '../src/domain/filters.ts';
import type { View } from '../src/loaders/view.ts';
import type { Context } from './context.ts';
import { keyOfNode } from './node.ts';

/** Null for nobody. Throws ConflictError for an e-mail address that several people have. */
export function employee(_: unknown, { by }: { by: EmployeeBy }, { loaders }: Context): Awaitable<Employee | null> {
  const id = by.id == null ? null : keyOfNode('Employee', by.id, 'by.id');
  return whenThere(loaders.view(), (view) => (id === null ? found(by, view) : view.byIdentifier(id)));
}

function found({ email, luccaId, ctrlHubId, naverExternalKey }: EmployeeBy, view: View): Employee | null {
  if (email != null) return view.byEmail(email);
  if (luccaId != null) return view.byIdentifier(`L:${luccaId}`);
  if (ctrlHubId != null) return view.byIdentifier(`C:${ctrlHubId}`);
  if (naverExternalKey == null) return null;
  // Rows that were made in NAVER's own screens have no external key.
  return view.byIdentifier(`N:${naverExternalKey}`) ?? view.byIdentifier(`W:${naverExternalKey}`);
}
