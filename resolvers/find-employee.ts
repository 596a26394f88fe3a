import type { Employee } from '../src/domain/employee.ts';
import type { EmployeeBy } from '../src/domain/filters.ts';
import type { Context } from './context.ts';
import { keyOfNode } from './node.ts';

/** Null for nobody. Throws ConflictError for an e-mail address that several people have. */
export async function employee(_: unknown, { by }: { by: EmployeeBy }, { loaders }: Context): Promise<Employee | null> {
  const { person } = loaders;
  if (by.id != null) return person.byId(keyOfNode('Employee', by.id, 'by.id'));
  if (by.email != null) return person.byEmail(by.email);
  if (by.luccaId != null) return person.byLuccaId(by.luccaId);
  if (by.ctrlHubId != null) return person.byCtrlHubId(by.ctrlHubId);
  if (by.naverExternalKey != null) return person.byNaverKey(by.naverExternalKey);
  return null;
}
